// Arrays and rows, and what is taken out of them.
#pragma once

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

// `wanted`: the array type that a cast around it asks for, or 0.
ExprPtr ArrayExpression(Analysis* analysis, Level* level, const sql::AArrayExpr* array, Oid wanted);
ExprPtr RowExpression(Analysis* analysis, Level* level, const sql::RowExpr* row);
// value[1], (value).field
ExprPtr IndirectionExpression(Analysis* analysis, Level* level, const sql::AIndirection* node);

}  // namespace strata::catalog
