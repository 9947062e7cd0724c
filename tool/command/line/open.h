// Opening what a command's row says it needs.
#pragma once

#include <optional>

#include "base/status.h"
#include "command/context.h"

namespace strata {

// Prints what was found in the files, save notes; with an error among it, says that nothing was
// touched (kFailedPrecondition): a command that acts does not begin with a faulty set.
absl::Status RefuseFaults(Context& context, const Diagnostics& diagnostics);

// Fills `context` as its command's row asks. Returns nullopt where the command can run, else the
// exit code, with the reason printed: a missing URL or folder (2), a faulty set (3).
std::optional<Exit> Open(Context& context);

// Opens the set, baked in or in the folder, for a command that needs it only sometimes; refuses a
// faulty one as Open does.
std::optional<Exit> OpenSound(Context& context);

// Reads the folder again, for a command that changed its files, and refuses a faulty set.
std::optional<Exit> ReopenSound(Context& context);

}  // namespace strata
