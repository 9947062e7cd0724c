// Whether an expression always gives the same for the same values.
#pragma once

#include <cstddef>
#include <string>

#include "catalog/catalog.h"
#include "catalog/expr.h"

namespace strata::catalog {

struct MutablePart {
  std::string what;    // "now()"; "": there is none
  std::size_t at = 0;  // where it begins in the script, 0 where that is not known
};

// The first part that certainly makes the expression not immutable.
MutablePart FirstMutable(const Catalog& catalog, const Expr& expr);

}  // namespace strata::catalog
