// CREATE POLICY
#include "catalog/apply/names.h"
#include "catalog/apply/policy.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreatePolicyStmt& statement) {
  const Name name = context.NameOf(*statement.table);
  const Relation* table = context.NeedRelation(name);
  if (table == nullptr) return;
  if (table->kind != RelationKind::kTable && table->kind != RelationKind::kPartitionedTable) {
    context.Report("wrong-object-type", "\"" + table->name + "\" is not a table", name.at);
    return;
  }
  Policy policy;
  policy.relation = table->oid;
  policy.name = Truncated(statement.policy_name);
  policy.permissive = statement.permissive;
  policy.command = statement.cmd_name == nullptr ? "ALL" : statement.cmd_name;
  for (char& c : policy.command) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (policy.command == "INSERT" && statement.qual != nullptr) {
    context.Report("syntax-error", "only WITH CHECK expression allowed for INSERT", name.at);
    return;
  }
  if ((policy.command == "SELECT" || policy.command == "DELETE") &&
      statement.with_check != nullptr) {
    context.Report("syntax-error", "WITH CHECK cannot be applied to SELECT or DELETE", name.at);
    return;
  }
  policy.roles = ReadPolicyRoles(context, statement.n_roles, statement.roles);
  policy.using_expression = ReadPolicyCondition(context, *table, statement.qual);
  policy.check_expression = ReadPolicyCondition(context, *table, statement.with_check);
  if (context.catalog.FindPolicy(table->oid, policy.name) != nullptr) {
    context.Report(
        "duplicate-object",
        "policy \"" + policy.name + "\" for table \"" + table->name + "\" already exists",
        context.Find(statement.policy_name));
    return;
  }
  PutPolicy(context, std::move(policy));
}

}  // namespace strata::catalog
