// SQL names and strings as PostgreSQL quotes them.
#pragma once

#include <string>
#include <string_view>

namespace strata::catalog {

// Quotes where the name needs it: upper case, odd characters, reserved words.
std::string QuoteIdentifier(std::string_view name);

// 'text', with E'' where there is a backslash.
std::string QuoteLiteral(std::string_view text);

}  // namespace strata::catalog
