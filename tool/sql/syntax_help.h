// The way out of a syntax error, where the text around it gives one away.
#pragma once

#include <string>
#include <string_view>

#include "sql/parse.h"

namespace strata::sql {

// Returns one imperative, or "" where nothing is obvious. `statement` is where the error stands.
std::string SyntaxHelp(std::string_view text, Span statement, const SyntaxError& error);

// Returns the first server version whose grammar has the construct at the error ("17"), or "" where
// it is not known to be newer syntax than PostgreSQL 15.
std::string_view NewerSyntaxSince(std::string_view text, Span statement, const SyntaxError& error);

}  // namespace strata::sql
