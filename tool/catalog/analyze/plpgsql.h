// Syntax errors of PL/pgSQL bodies, with their places.
#pragma once

#include <string>
#include <string_view>

#include "sql/parse.h"

namespace strata::catalog {

struct PlpgsqlFault {
  std::string message;    // PostgreSQL's words; empty: none that is certain
  std::size_t at = 0;     // where, counted from the body's beginning
  std::string unchecked;  // why the body could not be judged; empty: it could
  std::string rule = "syntax-error";
  std::string help = {};
};

// What PostgreSQL's PL/pgSQL compiler refuses in `body` when the function is created or the DO
// block is run. The body is compiled inside `before` … `after`, the rest of a CREATE FUNCTION
// statement; both empty for a DO block.
PlpgsqlFault FindPlpgsqlFault(std::string_view body, std::string_view before,
                              std::string_view after);

}  // namespace strata::catalog
