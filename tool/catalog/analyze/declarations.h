// The DECLARE sections of a PL/pgSQL body, read by their tokens alone.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "sql/parse.h"

namespace strata::catalog {

struct Declarations {
  std::set<std::string> names;
  std::set<std::string> cursors;
  // The first type that is none by the grammar; `at` counts from the body's beginning.
  sql::SyntaxError bad_type;
};
Declarations ReadDeclarations(std::string_view body);

}  // namespace strata::catalog
