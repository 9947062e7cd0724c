// Literals of dates, times and intervals.
#pragma once

#include <string_view>

#include "catalog/analyze/literal.h"

namespace strata::catalog {

// Judges what is written in the ISO order; nothing is said against other ways of writing.
// `with_date`: a date stands before the time. `words`: "now", "today" and the like are known.
LiteralFault CheckTimeLike(std::string_view text, std::string_view type, bool with_date,
                           bool words);

}  // namespace strata::catalog
