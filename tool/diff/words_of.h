// Differences in words.
#pragma once

#include <string>

#include "diff/op.h"

namespace strata::diff {

// "table users is missing", "index i is not in the migrations", "column users.bio has type …".
// `place`: what the first catalog is of ("the database"), `wanted` the second ("the migrations").
std::string InWords(const Difference& difference, const std::string& place,
                    const std::string& wanted);
// "missing", "extra", "changed"
std::string KindOf(const Difference& difference);

}  // namespace strata::diff
