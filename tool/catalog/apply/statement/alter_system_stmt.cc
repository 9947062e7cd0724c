// ALTER SYSTEM
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterSystemStmt& statement) {
  static_cast<void>(statement);
  context.OutsideTransaction("ALTER SYSTEM");
}

}  // namespace strata::catalog
