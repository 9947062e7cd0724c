// The public functions that change a database.
#include "absl/strings/str_cat.h"
#include "driver/url.h"
#include "migrate/open.h"

namespace strata {

const char* Version() { return STRATA_VERSION; }

std::string RedactUrl(const std::string& url) { return Redact(url); }

absl::StatusOr<MigrateResult> Migrate(const MigrationSet& set, const std::string& url,
                                      const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  return Engine(set, *database, options).Up();
}

absl::StatusOr<MigrateResult> Migrate(const MigrationSet& set, sqlite3* connection,
                                      const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return Engine(set, *database, options).Up();
}

absl::StatusOr<MigrateResult> Migrate(const MigrationSet& set, pqxx::connection& connection,
                                      const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return Engine(set, *database, options).Up();
}

absl::StatusOr<MigrateResult> Rollback(const MigrationSet& set, const std::string& url,
                                       const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  return Engine(set, *database, options).Down();
}

absl::StatusOr<MigrateResult> Rollback(const MigrationSet& set, sqlite3* connection,
                                       const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return Engine(set, *database, options).Down();
}

absl::StatusOr<MigrateResult> Rollback(const MigrationSet& set, pqxx::connection& connection,
                                       const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return Engine(set, *database, options).Down();
}

absl::StatusOr<MigrateResult> MigrateTo(const MigrationSet& set, const std::string& url,
                                        std::uint64_t version, const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  return Engine(set, *database, options).To(version);
}

absl::StatusOr<MigrateResult> Redo(const MigrationSet& set, const std::string& url,
                                   const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  return Engine(set, *database, options).Redo();
}

absl::Status WaitUntilReachable(const std::string& url, std::chrono::milliseconds wait,
                                const std::function<bool()>& cancelled) {
  MigrateOptions options;
  options.connect_wait = wait;
  options.cancelled = cancelled;
  return Open(url, options).status();
}

}  // namespace strata
