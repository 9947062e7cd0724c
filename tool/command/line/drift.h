// Whether a live schema is still what the migrations make.
#pragma once

#include "base/status.h"
#include "command/context.h"
#include "diff/plan.h"

namespace strata {

// Compares the schema at context.url with what the applied migrations make (without a history: with
// the whole set, unless the database is empty), and says what leads back to it. Read only.
absl::StatusOr<diff::Steps> DriftOf(Context& context);

}  // namespace strata
