// Blocks that the PL/pgSQL parser does not take (loops over declared cursors): read as words.
#pragma once

#include <string_view>

#include "catalog/apply/context.h"

namespace strata::catalog {

// Puts in doubt what the statements of the block may make or drop.
void DoubtUnreadBlock(Context& context, std::string_view body);

}  // namespace strata::catalog
