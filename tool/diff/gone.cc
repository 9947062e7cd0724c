// What has to go: objects that are no more, those that can only be made anew, and what stands on
// either of them.
#include <algorithm>

#include "diff/differ.h"

namespace strata::diff {

using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::DependencyKind;
using catalog::Relation;
using catalog::RelationKind;

namespace {

bool HasRows(const Relation& r) {
  return r.kind == RelationKind::kTable || r.kind == RelationKind::kPartitionedTable ||
         r.kind == RelationKind::kForeignTable;
}

bool IsInteger(Oid type) { return type == 20 || type == 21 || type == 23; }
bool IsText(Oid type) { return type == 25 || type == 1042 || type == 1043; }

// A foreign key lives on while the column's new type compares with the other side's as the old did.
bool KeepsForeignKey(Oid before, Oid after) {
  return before == after || (IsInteger(before) && IsInteger(after)) ||
         (IsText(before) && IsText(after));
}

}  // namespace

void Differ::Lose(ObjectRef ref) {
  if (ref.oid == 0 || OfExtension(ref) || !gone_.insert(ref).second) return;
  pending_.push_back(ref);
}

void Differ::Disturb(ObjectRef ref) {
  if (disturbed_.insert(ref).second) pending_.push_back(ref);
}

void Differ::FindGone() {
  for (const auto& [key, ref] : before_items_) {
    const ObjectRef now = InAfter(ref);
    if (now.oid == 0 || MustReplace(*this, ref, now)) Lose(ref);
  }
  a.relations().ForEach([&](Oid oid, const auto& before) {
    const ObjectRef now = InAfter({ObjectClass::kRelation, oid});
    const Relation* after = now.oid == 0 ? nullptr : b.relation(now.oid);
    if (after == nullptr || !HasRows(*before) || IsGone({ObjectClass::kRelation, oid})) return;
    for (const Column& column : before->columns) {
      const ObjectRef ref{ObjectClass::kRelation, oid, column.number};
      const Column* other = after->FindColumn(column.name);
      if (other == nullptr || MustReplaceColumn(*this, *before, column, *after, *other)) {
        Lose(ref);
      } else if (!SameColumnType(*this, column, *other)) {
        Disturb(ref);
      }
    }
  });
  while (!pending_.empty()) {
    const ObjectRef lost = pending_.back();
    pending_.pop_back();
    Spread(lost);
  }
}

void Differ::Spread(ObjectRef lost) {
  if (lost.cls == ObjectClass::kRelation && lost.column == 0) {
    const Relation* r = a.relation(lost.oid);
    for (const Column& c : r->columns) {
      covered_.insert({ObjectClass::kRelation, r->oid, c.number});
      covered_.insert({ObjectClass::kDefault, r->oid, c.number});
      Lose({ObjectClass::kRelation, r->oid, c.number});
      Lose({ObjectClass::kDefault, r->oid, c.number});
    }
    if (r->row_type != 0) Lose({ObjectClass::kType, r->row_type});
  }
  if (lost.cls == ObjectClass::kConstraint) {
    const Constraint* c = a.constraint(lost.oid);
    if (c != nullptr && c->kind != ConstraintKind::kForeignKey && c->index != 0)
      Lose({ObjectClass::kRelation, c->index});
  }
  if (lost.cls == ObjectClass::kType) {
    const catalog::Type* t = a.type(lost.oid);
    if (t != nullptr && t->array != 0) Lose({ObjectClass::kType, t->array});
  }
  for (const catalog::DependentKey& key : a.DependentsOf(lost)) {
    if (key.kind == DependencyKind::kExtension) continue;
    if (key.on.column != lost.column && lost.column != 0) continue;
    const ObjectRef dependent = WholeOf(a, key.dependent);
    // A row type and its relation, an index and its constraint are one.
    if (dependent == lost || dependent == WholeOf(a, lost)) continue;
    // A table needs the columns of its partition key.
    if (dependent == ObjectRef{lost.cls, lost.oid}) continue;
    const bool whole = IsGone(lost);
    if (whole && OutlivesParent(lost, dependent)) continue;
    if (whole && (key.kind == DependencyKind::kAuto || key.kind == DependencyKind::kInternal))
      covered_.insert(dependent);
    LoseDependent(lost, dependent);
  }
}

// A partition or child that stands in `after` too is detached; its rows are none of the parent's.
bool Differ::OutlivesParent(ObjectRef lost, ObjectRef dependent) const {
  const bool tables = lost.cls == ObjectClass::kRelation && dependent.cls == ObjectClass::kRelation;
  const Relation* child = tables && dependent.column == 0 ? a.relation(dependent.oid) : nullptr;
  if (child == nullptr || !HasRows(*child)) return false;
  const bool is_child =
      std::find(child->parents.begin(), child->parents.end(), lost.oid) != child->parents.end();
  return is_child && InAfter(dependent).oid != 0;
}

void Differ::LoseDependent(ObjectRef lost, ObjectRef dependent) {
  const bool disturbed = !IsGone(lost);
  switch (dependent.cls) {
    case ObjectClass::kConstraint: {
      const Constraint* c = a.constraint(dependent.oid);
      if (!disturbed) return Lose(dependent);
      if (c == nullptr || c->kind != ConstraintKind::kForeignKey) return;
      const ObjectRef now = InAfter(lost);
      const Column* before = a.relation(lost.oid)->FindColumn(lost.column);
      const Column* after = now.oid == 0 ? nullptr : b.relation(now.oid)->FindColumn(now.column);
      if (after == nullptr || !KeepsForeignKey(before->type.type, after->type.type))
        Lose(dependent);
      return;
    }
    case ObjectClass::kDefault:
      if (!disturbed) Lose(dependent);
      return;
    case ObjectClass::kRelation: {
      const Relation* r = a.relation(dependent.oid);
      if (r == nullptr || (r->sequence && disturbed)) return;
      if (r->kind == RelationKind::kIndex || r->kind == RelationKind::kPartitionedIndex) {
        return disturbed ? void() : Lose(dependent);
      }
      const ObjectRef now = InAfter(dependent);
      const bool is_view = r->kind == RelationKind::kView && now.oid != 0;
      if (is_view && InAfter(lost).oid == 0 && CanReplaceView(*this, *r, *b.relation(now.oid)))
        return;
      if (!HasRows(*r) || dependent.column == 0) {
        if (HasRows(*r) && (disturbed || !IsCovered(dependent))) return;
        return Lose(dependent);
      }
      const Column* column = r->FindColumn(dependent.column);
      if (column == nullptr) return;
      if (column->generated != 0 && !(dependent == lost)) return Lose(dependent);
      if (!disturbed && lost.cls == ObjectClass::kType && InAfter(dependent).oid != 0)
        Disturb(dependent);
      return;
    }
    case ObjectClass::kTextSearchConfig:  // altered, if what it lost stays away
      return InAfter(dependent).oid != 0 && InAfter(lost).oid == 0 ? void() : Lose(dependent);
    default:
      return Lose(dependent);
  }
}

}  // namespace strata::diff
