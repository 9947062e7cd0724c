// What other databases and languages call things: for the help of a message that says that
// something does not exist.
#pragma once

#include <string_view>

namespace strata::catalog {

// PostgreSQL's own type for what is called `name` elsewhere, or "".
std::string_view TypeElsewhere(std::string_view name);

// What to write instead of a function that is called `name` elsewhere, or "".
std::string_view FunctionElsewhere(std::string_view name);

// What to write instead of an operator that is written `name` elsewhere, or "".
std::string_view OperatorElsewhere(std::string_view name);

}  // namespace strata::catalog
