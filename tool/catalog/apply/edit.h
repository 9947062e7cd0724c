// Writing to a catalog. Every change goes through an Editor, so that objects, names, links and
// dependencies stay in step. What an Editor replaces or erases it keeps alive for as long as it
// lives itself (one statement), so that pointers got before a change may still be read after it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/catalog.h"

namespace strata::catalog {

class Editor {
 public:
  explicit Editor(Catalog* catalog) : catalog_(*catalog) {}

  Oid NewOid() { return catalog_.next_oid_++; }

  // Adds the object, or replaces the one of its number; number 0: a new one. Returns the number.
  Oid Put(Schema object);
  Oid Put(Relation object);
  Oid Put(Type object);
  Oid Put(Function object);
  Oid Put(Operator object);
  Oid Put(OperatorClass object);
  Oid Put(Cast object);
  Oid Put(Constraint object);
  Oid Put(Trigger object);
  Oid Put(Rule object);
  Oid Put(Policy object);
  Oid Put(Extension object);
  Oid Put(Role object);
  Oid Put(NamedObject object);

  // Changes an object of the migrations' own in place: f(T*). Nothing where there is none.
  template <typename F>
  void ChangeRelation(Oid oid, F&& f) {
    Change(catalog_.relations_, oid, std::forward<F>(f));
  }
  template <typename F>
  void ChangeType(Oid oid, F&& f) {
    Change(catalog_.types_, oid, std::forward<F>(f));
  }
  template <typename F>
  void ChangeFunction(Oid oid, F&& f) {
    Change(catalog_.functions_, oid, std::forward<F>(f));
  }
  template <typename F>
  void ChangeConstraint(Oid oid, F&& f) {
    Change(catalog_.constraints_, oid, std::forward<F>(f));
  }
  template <typename F>
  void ChangeTrigger(Oid oid, F&& f) {
    Change(catalog_.triggers_, oid, std::forward<F>(f));
  }
  template <typename F>
  void ChangeNamed(Oid oid, F&& f) {
    Change(catalog_.named_, oid, std::forward<F>(f));
  }
  template <typename F>
  void ChangeColumn(Oid relation, std::int16_t number, F&& f) {
    ChangeRelation(relation, [&](Relation* r) {
      for (Column& c : r->columns) {
        if (c.number == number) f(&c);
      }
    });
  }

  // Takes the object alone away (for a column: the column; for kDefault: the default), with its
  // comment, privileges and dependencies. What depends on it is the drop engine's affair (drop.h).
  void Erase(ObjectRef object);

  void Depend(ObjectRef object, ObjectRef on, DependencyKind kind = DependencyKind::kNormal);
  // On everything an expression names; on columns and the whole of `self` with `self_kind`.
  void Depend(ObjectRef object, const std::vector<ObjectRef>& on, Oid self = 0,
              DependencyKind self_kind = DependencyKind::kAuto);
  // Takes away what `object` itself needs (not its columns' needs); all kinds or one.
  void ForgetNeeds(ObjectRef object);
  void ForgetNeed(ObjectRef object, ObjectRef on);

  void SetComment(ObjectRef object, const std::string& text);  // "": none
  void SetPrivileges(ObjectRef object, std::vector<std::string> items, bool has_items = true);

 private:
  template <typename T, typename F>
  void Change(const ObjectMap<T>& map, Oid oid, F&& f) {
    const auto* found = map.Find(oid);
    if (found == nullptr) return;
    T copy = **found;
    f(&copy);
    Put(std::move(copy));
  }
  void Name(ObjectClass cls, Oid parent, const std::string& name, Oid oid);
  void Unname(ObjectClass cls, Oid parent, const std::string& name, Oid oid);
  void Link(LinkKind kind, Oid relation, Oid oid);
  void Unlink(LinkKind kind, Oid relation, Oid oid);
  void EnterRelation(const Relation& relation, bool enter);
  void EnterConstraint(const Constraint& constraint, bool enter);
  void EraseColumn(Oid relation, std::int16_t number);
  template <typename T>
  Oid Store(ObjectMap<T>* map, T object, ObjectClass cls, Oid parent);
  void EraseEntry(ObjectRef object);

  Catalog& catalog_;
  std::vector<std::shared_ptr<const void>> replaced_;  // kept, so that pointers to them stay good
};

}  // namespace strata::catalog
