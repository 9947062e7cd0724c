// The words of a connection that failed: libpq's on one line, and the way out.
#pragma once

#include <string>

namespace strata::postgres {

// libpq's text (of one line for each address that it tried) as one line, without the questions that
// it asks below them, and without its end of line.
std::string OneLine(const std::string& text);

// What to do about a connection that was refused with this text; empty: nothing is known.
std::string WayIn(const std::string& text);

}  // namespace strata::postgres
