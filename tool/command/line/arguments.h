// The command line as a value: which command, which options, which arguments. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "command/command.h"

namespace strata {

struct Arguments {
  const Command* command = nullptr;  // null: none was given
  bool help = false;
  bool version = false;
  std::vector<std::string> positional;
  std::map<std::string, std::vector<std::string>, std::less<>> options;  // "--to" -> its values

  bool Has(std::string_view option) const { return options.find(option) != options.end(); }
  // Returns the last value given for `option`.
  std::optional<std::string> Value(std::string_view option) const;
  std::vector<std::string> Values(std::string_view option) const;
};

// Reads `words` (without the program's name) against the table of commands. `result` holds what was
// understood before an error, the command above all.
// Errors: kInvalidArgument with the sentence to print, "did you mean" included.
absl::Status ParseArguments(const std::vector<std::string>& words, Arguments* result);

// Returns the command called `name` or having it as alias, else null.
const Command* FindCommand(std::string_view name);

}  // namespace strata
