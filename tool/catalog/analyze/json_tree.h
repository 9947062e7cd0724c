// A JSON text as a tree, for the one that libpg_query gives for PL/pgSQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strata::catalog {

struct JsonTree {
  std::string text;  // of a string; the digits of a number; "true", "false", "null"
  std::vector<JsonTree> items;
  std::vector<std::pair<std::string, JsonTree>> members;

  // The member of that name, or null.
  const JsonTree* Find(std::string_view name) const {
    for (const auto& [key, value] : members) {
      if (key == name) return &value;
    }
    return nullptr;
  }
  // The text of a member, or "".
  std::string Text(std::string_view name) const {
    const JsonTree* member = Find(name);
    return member == nullptr ? "" : member->text;
  }
};

// Nothing where the text is not JSON.
std::optional<JsonTree> ReadJson(std::string_view text);

}  // namespace strata::catalog
