// What EXECUTE in a body may write, from the constants its text begins with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strata::shadow {

enum class Written {
  kNothing,  // no row of any table
  kNamed,    // rows of the tables that the text names, and what the functions it calls write
  kIndexes,  // no rows; an index goes whose name may not be known
  kAnything,
};

// The constant beginning of each text that the body executes; nothing where one begins otherwise.
// What format() fills in is a blank.
std::optional<std::vector<std::string>> ExecutedTexts(std::string_view body);

Written WrittenBy(std::string_view text);

}  // namespace strata::shadow
