// ALTER ROLE … SET
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterRoleSetStmt& statement) {
  if (statement.role != nullptr) context.RoleOf(statement.role);
}

}  // namespace strata::catalog
