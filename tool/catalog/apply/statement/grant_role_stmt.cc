// GRANT role TO role
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::GrantRoleStmt& statement) {
  std::vector<std::string> granted;
  for (const sql::Node* n : sql::Each(statement.n_granted_roles, statement.granted_roles)) {
    const auto* p = sql::As<sql::AccessPriv>(n);
    if (p == nullptr || p->priv_name == nullptr) continue;
    context.CheckRole(p->priv_name, context.Find(p->priv_name));
    granted.emplace_back(p->priv_name);
  }
  for (const sql::Node* n : sql::Each(statement.n_grantee_roles, statement.grantee_roles)) {
    const auto* spec = sql::As<sql::RoleSpec>(n);
    if (spec == nullptr) continue;
    const Role* found = context.catalog.FindRole(context.RoleOf(spec));
    if (found == nullptr) continue;
    Role role = *found;
    for (const std::string& name : granted) {
      if (statement.is_grant) {
        role.member_of[name] |= statement.admin_opt;
      } else {
        role.member_of.erase(name);
      }
    }
    context.edit.Put(std::move(role));
  }
}

}  // namespace strata::catalog
