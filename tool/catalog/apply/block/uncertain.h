// A statement of which it is not certain whether it runs, or what it says.
#pragma once

#include <string_view>

#include "catalog/apply/context.h"

namespace strata::catalog {

// Puts in doubt what the statements of `sql` may make, drop or rename. Names that are not known
// have kUnknownName in them. Statements that leave the schema alone put nothing in doubt. Returns
// whether anything was.
bool DoubtStatements(Context& context, std::string_view sql);

}  // namespace strata::catalog
