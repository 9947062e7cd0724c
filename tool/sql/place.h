// What a message underlines.
#pragma once

#include <string_view>

#include "base/span.h"

namespace strata::sql {

// Returns the span for a problem `at` a place of `statement`: an empty one stands for the token
// that begins there, {0, 0} for the whole statement.
Span Underlined(std::string_view text, Span at, Span statement);

}  // namespace strata::sql
