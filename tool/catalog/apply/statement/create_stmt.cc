// CREATE TABLE
#include "catalog/apply/statement.h"
#include "catalog/apply/table/create.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateStmt& statement) {
  CreateTable(context, statement, RelationKind::kTable, 0);
}

}  // namespace strata::catalog
