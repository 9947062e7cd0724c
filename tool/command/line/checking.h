// The offline check of what main has loaded, for the commands that show it.
#pragma once

#include "command/context.h"
#include "verify/check.h"

namespace strata {

// Returns the check of the context's set with what loading its folder found, sorted by place. The
// model takes a set whose names and directives are sound; where they are not, their faults are what
// there is to say.
verify::CheckResult CheckLoaded(const Context& context, const verify::CheckOptions& options);

}  // namespace strata
