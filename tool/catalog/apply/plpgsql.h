// PL/pgSQL blocks that run at once (DO), followed as far as they are certain.
#pragma once

#include "catalog/apply/body.h"

namespace strata::catalog {

// Applies what the block certainly or probably does, and puts in doubt what it may do.
void ApplyBlock(Context& context, const BodyText& body);

}  // namespace strata::catalog
