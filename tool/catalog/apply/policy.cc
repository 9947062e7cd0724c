#include "catalog/apply/policy.h"

#include <algorithm>

namespace strata::catalog {

std::vector<std::string> ReadPolicyRoles(Context& context, std::size_t count,
                                         sql::Node* const* nodes) {
  std::vector<std::string> roles;
  for (const sql::Node* n : sql::Each(count, nodes)) {
    if (const auto* role = sql::As<sql::RoleSpec>(n)) roles.push_back(context.RoleOf(role));
  }
  std::sort(roles.begin(), roles.end());
  if (roles.size() == 1 && roles[0] == "public") roles.clear();
  return roles;
}

ExprPtr ReadPolicyCondition(Context& context, const Relation& table, const sql::Node* condition) {
  if (condition == nullptr) return nullptr;
  Scope scope;
  scope.place = ExprPlace::kPolicy;
  scope.relation = &table;
  return AnalyzeExpression(context.catalog, condition, scope, context.findings());
}

void PutPolicy(Context& context, Policy policy) {
  const Policy made = policy;
  const ObjectRef self{ObjectClass::kPolicy, context.edit.Put(std::move(policy))};
  context.edit.ForgetNeeds(self);
  context.edit.Depend(self, {ObjectClass::kRelation, made.relation}, DependencyKind::kAuto);
  for (const ExprPtr& e : {made.using_expression, made.check_expression}) {
    if (e != nullptr)
      context.edit.Depend(self, ReferencesOf(*e), made.relation, DependencyKind::kNormal);
  }
}

}  // namespace strata::catalog
