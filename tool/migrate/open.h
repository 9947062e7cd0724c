// From what a caller has (a URL, an open connection) to a driver.
#pragma once

#include <memory>
#include <string>

#include "driver/driver.h"
#include "migrate/engine.h"
#include "strata/strata.h"

namespace strata {

absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& url,
                                               const MigrateOptions& options);
absl::StatusOr<std::unique_ptr<Database>> Open(sqlite3* connection, const MigrateOptions& options);
absl::StatusOr<std::unique_ptr<Database>> Open(pqxx::connection& connection,
                                               const MigrateOptions& options);

}  // namespace strata
