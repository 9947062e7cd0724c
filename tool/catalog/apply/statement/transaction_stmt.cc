// BEGIN, COMMIT and their kin: who runs the script sees to them
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::TransactionStmt& statement) {
  static_cast<void>(context);
  static_cast<void>(statement);
}

}  // namespace strata::catalog
