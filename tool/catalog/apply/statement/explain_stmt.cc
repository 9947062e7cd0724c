// EXPLAIN
#include "catalog/apply/query.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::ExplainStmt& statement) {
  ApplyQuery(context, statement.query);
}

}  // namespace strata::catalog
