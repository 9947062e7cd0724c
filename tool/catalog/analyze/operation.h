// Operators, and what the grammar makes of them: IN, BETWEEN, IS DISTINCT FROM, NULLIF, LIKE.
#pragma once

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

ExprPtr OperationExpression(Analysis* analysis, Level* level, const sql::AExpr* expr);

}  // namespace strata::catalog
