// The JSON in which the PL/pgSQL parser gives a function's tree.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::catalog {

struct Json {
  std::string text;  // of strings, numbers, literals
  std::vector<Json> items;
  std::vector<std::pair<std::string, Json>> members;

  const Json* Find(std::string_view key) const;  // null: there is no such member
  std::string Text(std::string_view key) const;  // "": there is none
  // The text of a member {"PLpgSQL_expr": {"query": …}}; "" where there is none.
  std::string Query(std::string_view key) const;
};

// Reads what the parser wrote; what is malformed is read as far as it goes.
Json ReadJson(std::string_view text);

}  // namespace strata::catalog
