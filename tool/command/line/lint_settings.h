// What the linter is told by strata.toml, the seal, version control and the command line.
#pragma once

#include <optional>
#include <string>

#include "base/status.h"
#include "command/context.h"
#include "lint/settings.h"

namespace strata {

// `since`: a version or a revision, as given to --since. Without it sealed migrations are context
// only; without a seal, on a branch, those that the shared branch has.
// REQUIRES: context.loaded. Errors: kInvalidArgument, the sentence to print.
absl::StatusOr<lint::Settings> LintSettings(const Context& context,
                                            const std::optional<std::string>& since);

}  // namespace strata
