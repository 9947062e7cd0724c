// Functions in FROM.
#pragma once

#include "catalog/analyze/range.h"

namespace strata::catalog {

// The entry of one item, its columns named; its functions may see what is left of it.
RangeEntry FunctionEntry(Analysis* analysis, Level* level, const sql::RangeFunction& item);

}  // namespace strata::catalog
