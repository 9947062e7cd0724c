// The whole command line tool; also what a migrator made by strata_add_migrator() runs.
#pragma once

#include "strata/migration_set.h"

namespace strata {

// Runs the command line `argv` and returns the process's exit code. `baked` gives the set inside a
// migrator, or is null: the set is then read from --dir.
int StrataMain(int argc, char** argv, const MigrationSet& (*baked)());

}  // namespace strata
