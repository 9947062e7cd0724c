// ALTER DATABASE: no part of the schema
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterDatabaseStmt& statement) {
  static_cast<void>(context);
  static_cast<void>(statement);
}

}  // namespace strata::catalog
