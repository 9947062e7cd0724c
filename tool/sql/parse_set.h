// A set that is in memory already (one baked into a program) with the trees of its statements.
#pragma once

#include "sql/load_set.h"

namespace strata::sql {

// Parses every script of a copy of `set`, whose storage has to outlive the result. There is nothing
// to report: the build that baked the set in refused every fault that loading a folder finds.
LoadedSet ParseSet(const MigrationSet& set);

}  // namespace strata::sql
