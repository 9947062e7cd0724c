#include "diff/detach.h"

#include "catalog/print/define.h"
#include "catalog/quote.h"
#include "diff/differ.h"
#include "diff/run.h"

namespace strata::diff {

using catalog::Relation;
using catalog::RelationKind;

namespace {

bool IsChild(const Relation& r) { return !r.parents.empty() && !r.index; }

bool HasChildren(const Catalog& c) {
  bool any = false;
  c.relations().ForEach([&](Oid, const auto& r) { any = any || IsChild(*r); });
  return any;
}

// Foreign keys to a partitioned table that go with it. Their rows would hold its partitions fast.
void DropKeysTo(const Catalog& c, Oid parent, std::vector<std::string>* statements) {
  for (const catalog::Constraint* key : c.ForeignKeysTo(parent)) {
    if (catalog::IsInherited(*key)) continue;
    statements->push_back("ALTER TABLE " + catalog::SqlRelation(c, key->relation) +
                          " DROP CONSTRAINT " + catalog::QuoteIdentifier(key->name));
  }
}

std::string Leave(const Catalog& c, const Relation& child, Oid parent) {
  const std::string name = catalog::SqlRelation(c, child.oid);
  const std::string above = catalog::SqlRelation(c, parent);
  return child.is_partition ? "ALTER TABLE " + above + " DETACH PARTITION " + name
                            : "ALTER TABLE " + name + " NO INHERIT " + above;
}

}  // namespace

std::vector<std::string> Detach(Catalog* from, const Catalog& to, const Doubts& doubts) {
  std::vector<std::string> keys, statements;
  if (!HasChildren(*from)) return statements;
  Differ d(*from, to);
  d.Look();
  std::set<Oid> parents;
  d.a.relations().ForEach([&](Oid oid, const auto& child) {
    const ObjectRef self{ObjectClass::kRelation, oid};
    const Oid now = d.InAfter(self).oid;
    if (!IsChild(*child) || now == 0 || d.IsGone(self)) return;
    if (doubts.Covers(d.Changed({ObjectClass::kRelation, now}, ""))) return;
    for (Oid parent : child->parents) {
      const ObjectRef above{ObjectClass::kRelation, parent};
      const Oid stays = d.InAfter(above).oid;
      if (stays != 0 && KeepsParent(d, *child, *d.b.relation(now), stays)) continue;
      if (d.IsGone(above) && parents.insert(parent).second) DropKeysTo(d.a, parent, &keys);
      statements.push_back(Leave(d.a, *child, parent));
    }
  });
  statements.insert(statements.begin(), keys.begin(), keys.end());
  std::vector<std::string> done;
  for (const std::string& statement : statements) {
    Catalog at = *from;
    if (!RunScript(&at, statement + ";").empty()) continue;
    *from = at;
    done.push_back(statement);
  }
  return done;
}

}  // namespace strata::diff
