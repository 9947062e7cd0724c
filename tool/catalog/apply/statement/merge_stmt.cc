// MERGE
#include "catalog/apply/query.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::MergeStmt& statement) {
  static_cast<void>(statement);
  ApplyQuery(context, context.node);
}

}  // namespace strata::catalog
