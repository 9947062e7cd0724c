// What the commands that act on a database share: options, progress, the words for a failure.
#pragma once

#include "base/status.h"
#include "command/context.h"
#include "command/line/words.h"
#include "strata/strata.h"

namespace strata {

// Returns the run's options as the global options say, with progress printed on the terminal as it
// happens and with SIGINT and SIGTERM asking it to stop after the migration at work. The context
// must outlive them.
MigrateOptions RunOptions(Context& context);

// True once SIGINT or SIGTERM came after RunOptions.
bool StopAsked();

// Prints why a run ended and returns the exit code. A failed migration is shown at its place in its
// file with the server's message, detail and hint.
Exit ReportFailure(Context& context, const absl::Status& status);

// Prints what was done: JSON, or the closing line ("nothing to do" included). The lines of the
// migrations themselves came as progress, except after a dry run.
void ReportResult(Context& context, const MigrateResult& result, bool dry_run);

}  // namespace strata
