// One command on many databases: --url given several times, --urls-from FILE, --schemas PATTERN.
#pragma once

#include <string>
#include <vector>

#include "command/context.h"

namespace strata {

// Whether the command line names more than one database for a command that uses one.
bool NamesMany(const Context& context);

// Runs the command on each of them in a process of its own, at most --jobs at a time, so that none
// can disturb another, and prints one result line each and a summary. A failure does not stop the
// others unless --fail-fast. Returns the exit code of the worst.
Exit RunOnMany(Context& context);

}  // namespace strata
