// ALTER POLICY
#include "catalog/apply/policy.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterPolicyStmt& statement) {
  const Name name = context.NameOf(*statement.table);
  const Relation* table = context.NeedRelation(name);
  if (table == nullptr) return;
  const Policy* found = context.catalog.FindPolicy(table->oid, statement.policy_name);
  if (found == nullptr) {
    context.Report("undefined-object",
                   "policy \"" + std::string(statement.policy_name) + "\" for table \"" +
                       table->name + "\" does not exist",
                   context.Find(statement.policy_name),
                   context.DidYouMean(statement.policy_name,
                                      context.catalog.NamesOf(ObjectClass::kPolicy, table->oid)));
    return;
  }
  Policy policy = *found;
  if (statement.n_roles > 0)
    policy.roles = ReadPolicyRoles(context, statement.n_roles, statement.roles);
  if (statement.qual != nullptr)
    policy.using_expression = ReadPolicyCondition(context, *table, statement.qual);
  if (statement.with_check != nullptr)
    policy.check_expression = ReadPolicyCondition(context, *table, statement.with_check);
  PutPolicy(context, std::move(policy));
}

}  // namespace strata::catalog
