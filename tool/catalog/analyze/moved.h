// Expressions that follow a table's columns to another table.
#pragma once

#include "catalog/expr.h"

namespace strata::catalog {

// The expression over `from` as one over `to`: each column is the one of its name there. What `to`
// has no column for stays. Null for null.
ExprPtr Moved(const ExprPtr& expr, const Relation& from, const Relation& to);

}  // namespace strata::catalog
