// The down script that the history keeps, as a script that can run: its statements are found again
// without a parser, from the lexical rules alone.
#pragma once

#include <string_view>

#include "strata/migration_set.h"

namespace strata {

// `text` must outlive the result. Knows quotes, dollar quotes, nested comments, BEGIN ATOMIC and
// trigger bodies, BEGIN/COMMIT round the whole, COPY data, and what cannot run in a transaction by
// its word CONCURRENTLY or the directive.
Script RecordedScript(std::string_view text, Dialect dialect);

}  // namespace strata
