// Changes of history rows without running anything: for stamp, adopt and repair.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "strata/strata.h"

namespace strata {

// Writes `changes` in one transaction, waiting for another runner up to the options' bound.
// kFailedPrecondition where the history is no longer what `history` says.
absl::Status WriteChanges(Database& database, const History& history,
                          const std::vector<RowChange>& changes, const std::string& action,
                          const MigrateOptions& options);

}  // namespace strata
