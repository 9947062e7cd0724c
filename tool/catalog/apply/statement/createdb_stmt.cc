// CREATE DATABASE
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreatedbStmt& statement) {
  static_cast<void>(statement);
  context.OutsideTransaction("CREATE DATABASE");
}

}  // namespace strata::catalog
