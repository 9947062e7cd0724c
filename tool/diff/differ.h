// Two catalogs -> the steps between them. Objects are matched by name.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/print/define.h"
#include "diff/op.h"

namespace strata::diff {

using RefSet = std::unordered_set<ObjectRef>;

class Differ {
 public:
  // Both are read with the search path a migration starts with.
  Differ(Catalog before, Catalog after);

  // In an order that works. Call it once.
  std::vector<Op> Run();
  // Only matches the objects and finds what is gone; no steps. Call it instead of Run.
  void Look();

  // --- for the files of kind/ ---
  const Catalog a, b;  // before, after
  // The same, printing definitions to be compared: see Session::exact_print.
  const Catalog exact_a, exact_b;
  bool replace_enums = false;  // make enums anew even where labels are only added
  bool back = false;           // what is made was there, before the migration that is undone
  bool live = false;           // `before` is a live database's, which prints rules in its own words
  mutable std::vector<Difference> unsure;  // where those words do not tell

  // The same object on the other side; oid 0: there is none. Columns are matched by name.
  ObjectRef InBefore(ObjectRef of_after) const;
  ObjectRef InAfter(ObjectRef of_before) const;

  // An object of `before` that is dropped, for good or to be made anew.
  bool IsGone(ObjectRef of_before) const { return gone_.count(of_before) > 0; }
  // A column whose type changes: what is built on it has to go and come again.
  bool IsDisturbed(ObjectRef of_before) const { return disturbed_.count(of_before) > 0; }
  // An object of `after` that has to be made: it is new, or its older self is gone.
  bool IsNew(ObjectRef of_after) const;
  // It goes with something larger, without a statement of its own.
  bool IsCovered(ObjectRef of_before) const { return covered_.count(of_before) > 0; }
  void Cover(ObjectRef of_before) { covered_.insert(of_before); }
  // It comes with something larger.
  bool IsMade(ObjectRef of_after) const { return made_.count(of_after) > 0; }
  void Make(ObjectRef of_after) { made_.insert(of_after); }

  using ItemList = std::vector<std::pair<std::string, ObjectRef>>;
  const ItemList& before_items() const { return before_items_; }
  const ItemList& after_items() const { return after_items_; }

  void Add(Op op) { ops_.push_back(std::move(op)); }

  // Difference of an object that stands on its own.
  Difference Missing(ObjectRef of_after) const;
  Difference Extra(ObjectRef of_before) const;
  Difference Changed(ObjectRef of_after, std::string detail) const;

 private:
  void Match();
  void FindGone();
  void Lose(ObjectRef of_before);
  void Disturb(ObjectRef of_before);
  void Spread(ObjectRef lost);
  bool OutlivesParent(ObjectRef lost, ObjectRef dependent) const;
  void LoseDependent(ObjectRef lost, ObjectRef dependent);

  std::unordered_map<ObjectRef, ObjectRef> to_after_, to_before_;
  RefSet gone_, disturbed_, covered_, made_;
  ItemList before_items_, after_items_;
  std::vector<ObjectRef> pending_;
  std::vector<Op> ops_;
};

// Every object of the catalog's own that stands by itself, in the order of their keys; not what
// belongs to an extension, is temporary, or is a part of something else.
std::vector<std::pair<std::string, ObjectRef>> Items(const Catalog& catalog);

// Whether the object is made by an extension.
bool OfExtension(ObjectRef object);

// The whole that a part belongs to: a row or array type's relation or element, a constraint's
// index.
ObjectRef WholeOf(const Catalog& catalog, ObjectRef part);

// One function per file of kind/; each adds the steps of its kind.
void DiffSchemas(Differ& d);
void DiffExtensions(Differ& d);
void DiffTypes(Differ& d);
void DiffSequences(Differ& d);
void DiffFunctions(Differ& d);
void DiffTables(Differ& d);
void DiffColumns(Differ& d, const catalog::Relation& before, const catalog::Relation& after);
void DiffConstraints(Differ& d);
void DiffIndexes(Differ& d);
void DiffViews(Differ& d);
void DiffAttached(Differ& d);  // triggers, rules, policies
void DiffNamed(Differ& d);     // operators, casts, text search, statistics, publications, …
void DiffComments(Differ& d);
void DiffPrivileges(Differ& d);
void DiffDefaultPrivileges(Differ& d);

// Whether a matched table is a partition or child of `parent`, an object of the schema after, on
// both sides: it is neither attached nor detached, and what happens to the parent's columns reaches
// it.
bool KeepsParent(const Differ& d, const catalog::Relation& before, const catalog::Relation& after,
                 Oid parent);

// Whether the foreign key is one of a ring of them between tables that are all dropped, so that it
// has to go before the tables do.
bool IsInDropCycle(const Differ& d, const catalog::Constraint& key);

// Whether a policy or rule of a table that is dropped looks at another one that is, too: it has to
// go before both, since the other may have to go first.
bool LooksAtGone(const Differ& d, ObjectRef attached, Oid table);

// Whether a matched object cannot be altered from one into the other, only dropped and made anew.
bool MustReplace(const Differ& d, ObjectRef before, ObjectRef after);
bool MustReplaceColumn(const Differ& d, const catalog::Relation& before_table,
                       const catalog::Column& before, const catalog::Relation& after_table,
                       const catalog::Column& after);
bool MustReplaceRule(const Differ& d, ObjectRef before, ObjectRef after);
bool SameColumnType(const Differ& d, const catalog::Column& before, const catalog::Column& after);
// What happens to values that the new type of a column cannot hold, as a note; "" where it holds
// them all.
std::string LossOf(const Catalog& catalog, const std::string& column, catalog::TypeRef from,
                   catalog::TypeRef to);
// An enum whose labels only grew.
bool OnlyAddsLabels(const catalog::Type& before, const catalog::Type& after);
// CREATE OR REPLACE is enough.
bool CanReplaceView(const Differ& d, const catalog::Relation& before,
                    const catalog::Relation& after);
bool CanReplaceFunction(const Differ& d, const catalog::Function& before,
                        const catalog::Function& after);

}  // namespace strata::diff
