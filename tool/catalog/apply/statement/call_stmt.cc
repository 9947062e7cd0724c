// CALL
#include "catalog/apply/call.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CallStmt& statement) {
  AnalyzeCall(context, statement);
}

}  // namespace strata::catalog
