// The part of TOML that strata.toml uses: tables, and keys whose value is a string, an integer, a
// boolean or an array of strings.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace strata {

struct TomlEntry {
  std::string table;  // "lint.rules"; empty: before the first table
  std::string key;
  enum class Kind { kString, kInteger, kBoolean, kArray } kind = Kind::kString;
  std::vector<std::string> values;  // one, or an array's
  int line = 1;
};

// Returns the entries in the order of the file.
// Errors: kInvalidArgument "line 3: …", the first fault of the text.
absl::StatusOr<std::vector<TomlEntry>> ParseToml(std::string_view text);

}  // namespace strata
