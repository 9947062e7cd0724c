// What --rename says, held against the two schemas.
#pragma once

#include <vector>

#include "base/status.h"
#include "diff/likely.h"

namespace strata::diff {

// Finds out what each is about (a column, or a table in a schema; a view, a type) and takes them
// one by one, wholes before columns, as ApplyRenames does. Errors: kInvalidArgument, where the old
// name is not in `from`, the new one not in `to`, or the new one is taken still; the message says
// which and what may have been meant.
absl::Status ResolveRenames(std::vector<Shape> from, const std::vector<Shape>& to,
                            std::vector<Rename>* asked);

}  // namespace strata::diff
