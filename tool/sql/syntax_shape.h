// Mistakes that are known by the shape of the statement up to the error: habits from other
// databases and clauses that PostgreSQL does not have where others do.
#pragma once

#include <string_view>

#include "base/span.h"

namespace strata::sql {

// What to write instead, or "": `error` is the token that the parser stopped at (empty: the end).
std::string_view ShapeHelp(std::string_view text, Span statement, Span error);

}  // namespace strata::sql
