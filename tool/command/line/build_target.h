// What the build's db_* targets add to a command line: a target cannot take arguments, so they come
// from the environment.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"

namespace strata {

// Where STRATA_TARGET (set by the target) ends with db_new or db_diff, appends the migration's name
// from NAME. Error: kInvalidArgument with the sentence to print where that is not set.
absl::Status AddNameOfTarget(std::vector<std::string>* words);

}  // namespace strata
