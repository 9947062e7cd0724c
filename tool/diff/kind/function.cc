// Functions, procedures, aggregates.
#include "diff/differ.h"

namespace strata::diff {

using catalog::Function;
using catalog::FunctionKind;

namespace {

Op New(Group group, const Function& f, std::string key) {
  Op op;
  op.group = group;
  op.unit = f.name;
  op.name = std::move(key);
  return op;
}

}  // namespace

bool CanReplaceFunction(const Differ& d, const Function& before, const Function& after) {
  if (before.kind != after.kind || before.kind == FunctionKind::kAggregate) return false;
  if (before.returns_set != after.returns_set || before.arguments.size() != after.arguments.size())
    return false;
  if (catalog::SqlType(d.a, before.result) != catalog::SqlType(d.b, after.result)) return false;
  for (std::size_t i = 0; i < before.arguments.size(); ++i) {
    const catalog::FunctionArgument& x = before.arguments[i];
    const catalog::FunctionArgument& y = after.arguments[i];
    if (x.mode != y.mode || (!x.name.empty() && x.name != y.name)) return false;
    if (x.default_value != nullptr && y.default_value == nullptr) return false;
    if (x.mode != 'i' && catalog::SqlType(d.a, x) != catalog::SqlType(d.b, y)) return false;
  }
  return true;
}

void DiffFunctions(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    if (ref.cls != ObjectClass::kFunction || !d.IsGone(ref) || d.IsCovered(ref)) continue;
    Op op = New(Group::kDropFunction, *d.a.function(ref.oid), key);
    op.sql = {"DROP " + catalog::SqlObject(d.a, ref)};
    op.ends = {ref};
    op.breaks = true;
    if (d.InAfter(ref).oid == 0) op.differences.push_back(d.Extra(ref));
    d.Add(std::move(op));
  }
  for (const auto& [key, ref] : d.after_items()) {
    if (ref.cls != ObjectClass::kFunction) continue;
    const Function& f = *d.b.function(ref.oid);
    const ObjectRef old = d.InBefore(ref);
    const bool replace = old.oid != 0 && !d.IsGone(old);
    const bool changed = old.oid != 0 && CreateFunction(d.exact_a, *d.a.function(old.oid)) !=
                                             CreateFunction(d.exact_b, f);
    if (replace && !changed) continue;
    Op op = New(Group::kFunction, f, key);
    op.sql = {CreateFunction(d.b, f, replace)};
    op.starts = {ref};
    if (old.oid == 0) op.differences.push_back(d.Missing(ref));
    if (changed) op.differences.push_back(d.Changed(ref, "is defined otherwise"));
    d.Add(std::move(op));
  }
}

}  // namespace strata::diff
