// Triggers, rules, policies.
#include <algorithm>

#include "catalog/quote.h"
#include "diff/differ.h"

namespace strata::diff {

namespace {

bool IsAttached(ObjectRef ref) {
  return ref.cls == ObjectClass::kTrigger || ref.cls == ObjectClass::kRule ||
         ref.cls == ObjectClass::kPolicy;
}

std::string NameOf(const Catalog& c, ObjectRef ref) {
  if (ref.cls == ObjectClass::kTrigger) return c.trigger(ref.oid)->name;
  return ref.cls == ObjectClass::kRule ? c.rule(ref.oid)->name : c.policy(ref.oid)->name;
}

Oid TableOf(const Catalog& c, ObjectRef ref) {
  if (ref.cls == ObjectClass::kTrigger) return c.trigger(ref.oid)->relation;
  return ref.cls == ObjectClass::kRule ? c.rule(ref.oid)->relation : c.policy(ref.oid)->relation;
}

char EnabledOf(const Catalog& c, ObjectRef ref) {
  if (ref.cls == ObjectClass::kTrigger) return c.trigger(ref.oid)->enabled;
  return ref.cls == ObjectClass::kRule ? c.rule(ref.oid)->enabled : 'O';
}

std::string Text(const Catalog& c, ObjectRef ref) {
  if (ref.cls == ObjectClass::kTrigger) return CreateTrigger(c, *c.trigger(ref.oid));
  return ref.cls == ObjectClass::kRule ? CreateRule(c, *c.rule(ref.oid))
                                       : CreatePolicy(c, *c.policy(ref.oid));
}

Op New(const Catalog& c, ObjectRef ref, Group group) {
  const catalog::Relation* table = c.relation(TableOf(c, ref));
  Op op;
  op.group = group;
  op.unit = table == nullptr ? "" : table->name;
  op.name = NameOf(c, ref);
  return op;
}

void Enable(Differ& d, ObjectRef ref, char was) {
  const char is = EnabledOf(d.b, ref);
  if (was == is) return;
  Op op = New(d.b, ref, Group::kAttached);
  op.step = 1;
  op.table = catalog::SqlRelation(d.b, TableOf(d.b, ref));
  const char* how = is == 'D'   ? "DISABLE"
                    : is == 'R' ? "ENABLE REPLICA"
                    : is == 'A' ? "ENABLE ALWAYS"
                                : "ENABLE";
  op.clause = std::string(how) + (ref.cls == ObjectClass::kRule ? " RULE " : " TRIGGER ") +
              catalog::QuoteIdentifier(NameOf(d.b, ref));
  op.needs = {ref};
  if (d.InBefore(ref).oid != 0)
    op.differences.push_back(d.Changed(ref, is == 'D' ? "is enabled" : "is enabled otherwise"));
  d.Add(std::move(op));
}

}  // namespace

bool LooksAtGone(const Differ& d, ObjectRef attached, Oid table) {
  const auto* needs = d.a.dependencies().Find(attached);
  return needs != nullptr && std::any_of(needs->begin(), needs->end(), [&](const auto& need) {
           const ObjectRef whole{need.on.cls, need.on.oid};
           return need.on.cls == ObjectClass::kRelation && need.on.oid != table && d.IsGone(whole);
         });
}

namespace {

bool GoesFirst(const Differ& d, ObjectRef ref) {
  if (ref.cls == ObjectClass::kTrigger) return false;
  const catalog::Relation* table = d.a.relation(TableOf(d.a, ref));
  return table != nullptr && table->kind != catalog::RelationKind::kView &&
         table->kind != catalog::RelationKind::kMaterializedView && LooksAtGone(d, ref, table->oid);
}

}  // namespace

void DiffAttached(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    if (!IsAttached(ref) || !d.IsGone(ref)) continue;
    const bool covered = d.IsCovered(ref);
    if (covered && !GoesFirst(d, ref)) continue;
    Op op = New(d.a, ref, Group::kDropAttached);
    op.sql = {"DROP " + catalog::SqlObject(d.a, ref)};
    op.ends = {ref};
    op.breaks = true;
    if (!covered && d.InAfter(ref).oid == 0) op.differences.push_back(d.Extra(ref));
    d.Add(std::move(op));
  }
  for (const auto& [key, ref] : d.after_items()) {
    if (!IsAttached(ref)) continue;
    const ObjectRef old = d.InBefore(ref);
    const bool fresh = d.IsNew(ref);
    if (fresh) {
      Op op = New(d.b, ref, Group::kAttached);
      op.sql = {Text(d.b, ref)};
      op.starts = {ref};
      if (old.oid == 0) op.differences.push_back(d.Missing(ref));
      if (old.oid != 0 && Text(d.exact_a, old) != Text(d.exact_b, ref))
        op.differences.push_back(d.Changed(ref, "is defined otherwise"));
      d.Add(std::move(op));
    }
    Enable(d, ref, fresh ? 'O' : EnabledOf(d.a, old));
  }
}

}  // namespace strata::diff
