// What a person can do about a failed statement of a migration, where the server does not say it.
#pragma once

#include <string>

#include "driver/driver.h"
#include "strata/strata.h"

namespace strata {

// Empty: nothing is known.
std::string HintFor(const RunReport& report, const MigrateOptions& options);

// The way on for one who met a lock that others did not give up.
std::string WayPastHolders(const std::string& holders,
                           const std::string& longer = "a longer --lock-timeout");

// "1.5 s"
std::string Seconds(std::chrono::milliseconds time);

}  // namespace strata
