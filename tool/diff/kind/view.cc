// Views and materialized views.
#include "diff/differ.h"

namespace strata::diff {

using catalog::Relation;
using catalog::RelationKind;

namespace {

bool IsView(const Relation* r) {
  return r != nullptr &&
         (r->kind == RelationKind::kView || r->kind == RelationKind::kMaterializedView);
}

std::vector<ObjectRef> Whole(const Relation& r) {
  std::vector<ObjectRef> refs = {{ObjectClass::kRelation, r.oid}};
  for (const catalog::Column& c : r.columns)
    refs.push_back({ObjectClass::kRelation, r.oid, c.number});
  return refs;
}

void Drop(Differ& d, const Relation& view) {
  const ObjectRef self{ObjectClass::kRelation, view.oid};
  Op op;
  op.group = Group::kDropView;
  op.unit = view.name;
  op.sql = {"DROP " + catalog::SqlObject(d.a, self)};
  op.ends = Whole(view);
  for (const Relation* i : d.a.IndexesOf(view.oid))
    op.ends.push_back({ObjectClass::kRelation, i->oid});
  for (const catalog::Trigger* t : d.a.TriggersOf(view.oid))
    op.ends.push_back({ObjectClass::kTrigger, t->oid});
  for (const catalog::Rule* r : d.a.RulesOf(view.oid))
    op.ends.push_back({ObjectClass::kRule, r->oid});
  op.breaks = true;
  if (d.InAfter(self).oid == 0) op.differences.push_back(d.Extra(self));
  d.Add(std::move(op));
}

void Create(Differ& d, const Relation& view) {
  const ObjectRef self{ObjectClass::kRelation, view.oid};
  const ObjectRef old = d.InBefore(self);
  const Relation* was = old.oid == 0 ? nullptr : d.a.relation(old.oid);
  const bool replace = was != nullptr && !d.IsGone(old);
  Op op;
  op.group = Group::kView;
  op.unit = view.name;
  op.sql = {catalog::CreateView(d.b, view, replace)};
  op.starts = Whole(view);
  const bool changed = was != nullptr &&
                       catalog::CreateView(d.exact_a, *was) != catalog::CreateView(d.exact_b, view);
  if (replace && !changed) return;
  if (replace) op.ends = Whole(*was);
  if (was == nullptr) op.differences.push_back(d.Missing(self));
  if (changed) op.differences.push_back(d.Changed(self, "is defined otherwise"));
  d.Add(std::move(op));
}

}  // namespace

bool CanReplaceView(const Differ& d, const Relation& before, const Relation& after) {
  if (before.kind != RelationKind::kView || after.kind != RelationKind::kView) return false;
  if (before.columns.size() > after.columns.size()) return false;
  for (std::size_t i = 0; i < before.columns.size(); ++i) {
    if (before.columns[i].name != after.columns[i].name || before.columns[i].type.type == 0 ||
        !SameColumnType(d, before.columns[i], after.columns[i])) {
      return false;
    }
  }
  return true;
}

void DiffViews(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.a.relation(ref.oid) : nullptr;
    if (IsView(r) && d.IsGone(ref)) Drop(d, *r);
  }
  for (const auto& [key, ref] : d.after_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.b.relation(ref.oid) : nullptr;
    if (IsView(r)) Create(d, *r);
  }
}

}  // namespace strata::diff
