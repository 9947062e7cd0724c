// The public functions that ask: nothing here writes.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "driver/url.h"
#include "migrate/open.h"
#include "migration/baseline.h"
#include "migration/plan.h"

namespace strata {
namespace {

AppliedMigration Describe(const MigrationSet& set, const HistoryRow& row) {
  AppliedMigration applied;
  applied.version = row.version;
  applied.name = row.name;
  applied.checksum = row.checksum;
  applied.applied_at = row.applied_at;
  applied.applied_by = row.applied_by;
  applied.duration_ms = std::max(row.duration_ms, 0.0);
  applied.tool_version = row.tool_version;
  const Migration* migration = FindMigration(set, row.version);
  if (migration != nullptr) {
    const std::string_view down = migration->down ? migration->down->checksum : std::string_view();
    applied.down_modified = !row.down_checksum.empty() && down != row.down_checksum;
  }
  if (row.state != RowState::kApplied) {
    applied.state = AppliedState::kDirty;
    applied.running = row.state == RowState::kRunning;
    applied.statement = row.statement;
    if (migration != nullptr) applied.statements = StatementCount(migration->up);
  } else if (migration == nullptr) {
    applied.state = AppliedState::kMissing;
  } else if (migration->up.checksum != row.checksum) {
    applied.state = AppliedState::kModified;
  }
  return applied;
}

// What is dirty is shown with its number of statements; what is pending has to be sound.
std::vector<std::uint64_t> LookedInto(const MigrationSet& set, const History& history) {
  std::vector<std::uint64_t> versions = DirtyVersions(history);
  for (const Migration& migration : set.migrations) {
    if (FindRow(history, migration.version) == nullptr) versions.push_back(migration.version);
  }
  return versions;
}

absl::StatusOr<StatusReport> StatusOf(const MigrationSet& set, Database& database,
                                      const MigrateOptions& options) {
  ASSIGN_OR_RETURN(History history, database.ReadHistory(Detail::kFull));
  RETURN_IF_ERROR(CheckToolVersions(history, Version()));
  absl::StatusOr<History> seen = UnderBaseline(set, history);
  const std::string conflict = seen.ok() ? "" : std::string(seen.status().message());
  const std::size_t rows = history.rows.size();
  if (seen.ok()) history = *std::move(seen);
  RETURN_IF_ERROR(Prepare(options, LookedInto(set, history)));
  StatusReport report;
  report.baseline_conflict = conflict;
  report.replaced = rows > history.rows.size() ? rows - history.rows.size() + 1 : 0;
  report.current = CurrentVersion(history);
  const std::uint64_t newest = history.rows.empty() ? 0 : history.rows.back().version;
  for (const HistoryRow& row : history.rows) report.applied.push_back(Describe(set, row));
  for (const Migration& migration : set.migrations) {
    if (FindRow(history, migration.version) != nullptr) continue;
    report.pending.push_back({migration.version, std::string(migration.name),
                              !history.rows.empty() && migration.version < newest});
  }
  report.older_set =
      !history.rows.empty() && (set.migrations.empty() || newest > set.migrations.back().version);
  return report;
}

absl::StatusOr<std::vector<PendingMigration>> PendingOf(const MigrationSet& set, Database& database,
                                                        const MigrateOptions& options) {
  MigrateOptions dry = options;
  dry.dry_run = true;
  ASSIGN_OR_RETURN(MigrateResult result, Engine(set, database, dry).Up());
  std::vector<PendingMigration> pending;
  for (const Change& change : result.changes) {
    pending.push_back({change.version, change.name,
                       result.current.has_value() && change.version < *result.current});
  }
  return pending;
}

}  // namespace

absl::StatusOr<StatusReport> Status(const MigrationSet& set, const std::string& url,
                                    const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  ASSIGN_OR_RETURN(StatusReport report, StatusOf(set, *database, options));
  report.url = Redact(url);
  return report;
}

absl::StatusOr<StatusReport> Status(const MigrationSet& set, sqlite3* connection,
                                    const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return StatusOf(set, *database, options);
}

absl::StatusOr<StatusReport> Status(const MigrationSet& set, pqxx::connection& connection,
                                    const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return StatusOf(set, *database, options);
}

absl::StatusOr<std::vector<PendingMigration>> Pending(const MigrationSet& set,
                                                      const std::string& url,
                                                      const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  return PendingOf(set, *database, options);
}

absl::StatusOr<std::vector<PendingMigration>> Pending(const MigrationSet& set, sqlite3* connection,
                                                      const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return PendingOf(set, *database, options);
}

absl::StatusOr<std::vector<PendingMigration>> Pending(const MigrationSet& set,
                                                      pqxx::connection& connection,
                                                      const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return PendingOf(set, *database, options);
}

absl::StatusOr<std::vector<LogEntry>> ReadLog(const std::string& url,
                                              const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  ASSIGN_OR_RETURN(std::vector<LogRow> rows, database->ReadLog());
  std::vector<LogEntry> log;
  for (LogRow& row : rows) {
    log.push_back({std::move(row.at), std::move(row.action), row.version, std::move(row.name),
                   std::move(row.by), row.duration_ms, std::move(row.outcome),
                   std::move(row.message)});
  }
  return log;
}

}  // namespace strata
