// CALL
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

void AnalyzeCall(Context& context, const sql::CallStmt& statement);

}  // namespace strata::catalog
