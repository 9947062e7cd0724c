// ALTER ROLE, ALTER USER
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterRoleStmt& statement) {
  const std::string name = context.RoleOf(statement.role);
  const Role* found = context.catalog.FindRole(name);
  if (found == nullptr) return;
  Role role = *found;
  for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o != nullptr && std::string_view(o->defname) != "password")
      role.options[o->defname] = OptionText(o->arg);
  }
  context.edit.Put(std::move(role));
}

}  // namespace strata::catalog
