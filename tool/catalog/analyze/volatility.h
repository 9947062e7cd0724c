// Whether an expression always gives the same for the same values.
#pragma once

#include <string>

#include "catalog/catalog.h"
#include "catalog/expr.h"

namespace strata::catalog {

// What makes the expression certainly not immutable ("now()"), or "".
std::string FirstMutable(const Catalog& catalog, const Expr& expr);

}  // namespace strata::catalog
