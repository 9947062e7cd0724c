// DROP DATABASE
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::DropdbStmt& statement) {
  static_cast<void>(statement);
  context.OutsideTransaction("DROP DATABASE");
}

}  // namespace strata::catalog
