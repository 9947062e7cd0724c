#include "migrate/rows.h"

#include <chrono>
#include <thread>

#include "absl/strings/str_cat.h"
#include "migrate/open.h"
#include "migration/plan.h"

namespace strata {
namespace {

using std::chrono::milliseconds;

RowChange Add(const MigrationSet& set, const Migration& migration, Dialect database) {
  RowChange change;
  change.work = WorkUp(set, migration, database);
  return change;
}

RowChange Remove(const HistoryRow& row, const std::string& message) {
  RowChange change;
  change.kind = ChangeKind::kRemove;
  change.work.version = row.version;
  change.work.name = row.name;
  change.message = message;
  return change;
}

bool AsRecorded(const HistoryRow& row, const Migration& migration) {
  return row.state == RowState::kApplied && row.checksum == migration.up.checksum &&
         row.down_checksum == (migration.down ? migration.down->checksum : std::string_view());
}

MigrateResult ResultOf(const MigrationSet& set, const std::vector<RowChange>& changes,
                       std::optional<std::uint64_t> current, std::size_t applied) {
  MigrateResult result;
  for (const RowChange& change : changes) {
    result.changes.push_back(
        {change.work.version, change.work.name, change.kind == ChangeKind::kRemove, 0});
  }
  result.current = current;
  result.pending = set.migrations.size() - applied;
  return result;
}

}  // namespace

absl::Status WriteChanges(Database& database, const History& history,
                          const std::vector<RowChange>& changes, const std::string& action,
                          const MigrateOptions& options) {
  RETURN_IF_ERROR(database.MayWrite());
  std::optional<std::uint64_t> newest;
  if (!history.rows.empty()) newest = history.rows.back().version;
  const auto wait = options.runner_wait.value_or(options.lock_timeout * 60);
  const auto end = std::chrono::steady_clock::now() + wait;
  for (;;) {
    const RunReport report = database.WriteRows(changes, newest, action);
    switch (report.outcome) {
      case Outcome::kDone:
        return absl::OkStatus();
      case Outcome::kOvertaken:
        return absl::FailedPreconditionError(
            "another runner changed the history meanwhile: nothing was written, look again");
      case Outcome::kBusy:
      case Outcome::kLockMissed:
        if (std::chrono::steady_clock::now() < end && !(options.cancelled && options.cancelled())) {
          std::this_thread::sleep_for(milliseconds{50});
          continue;
        }
        return absl::DeadlineExceededError(
            absl::StrCat("the history is held by another runner",
                         report.holders.empty() ? "" : absl::StrCat(" (", report.holders, ")"),
                         ": nothing was written"));
      case Outcome::kLost:
        return absl::UnavailableError(report.message);
      default:
        return absl::AbortedError(
            absl::StrCat("the history could not be written: ", report.message));
    }
  }
}

absl::StatusOr<MigrateResult> Stamp(const MigrationSet& set, const std::string& url,
                                    std::optional<std::uint64_t> version,
                                    const MigrateOptions& options) {
  if (version && FindMigration(set, *version) == nullptr) {
    return absl::InvalidArgumentError(absl::StrCat("version ", *version, " is not in the set"));
  }
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  ASSIGN_OR_RETURN(History history, database->ReadHistory(Detail::kPlan));
  RETURN_IF_ERROR(CheckToolVersions(history, Version()));
  std::vector<RowChange> changes;
  std::vector<RowChange> shown;
  for (const HistoryRow& row : history.rows) {
    const Migration* migration = FindMigration(set, row.version);
    const bool stays = version && row.version <= *version && migration != nullptr;
    if (stays && AsRecorded(row, *migration)) continue;
    changes.push_back(Remove(row, stays ? "recorded anew" : "removed from the history"));
    if (!stays) shown.push_back(changes.back());
  }
  std::size_t applied = 0;
  for (const Migration& migration : set.migrations) {
    if (!version || migration.version > *version) break;
    ++applied;
    const HistoryRow* row = FindRow(history, migration.version);
    if (row != nullptr && AsRecorded(*row, migration)) continue;
    changes.push_back(Add(set, migration, database->dialect()));
    shown.push_back(changes.back());
  }
  if (!changes.empty() && !options.dry_run) {
    RETURN_IF_ERROR(WriteChanges(*database, history, changes, "stamp", options));
  }
  return ResultOf(set, shown, version, applied);
}

absl::StatusOr<MigrateResult> Adopt(const MigrationSet& set, const std::string& url,
                                    const std::vector<std::uint64_t>& versions,
                                    const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  ASSIGN_OR_RETURN(History history, database->ReadHistory(Detail::kPlan));
  if (!history.rows.empty()) {
    return absl::FailedPreconditionError(
        "the history is not empty: another tool's history can be taken over only into an empty "
        "one");
  }
  std::vector<RowChange> changes;
  std::optional<std::uint64_t> current;
  for (std::uint64_t version : versions) {
    const Migration* migration = FindMigration(set, version);
    if (migration == nullptr) {
      return absl::InvalidArgumentError(absl::StrCat("version ", version, " is not in the set"));
    }
    changes.push_back(Add(set, *migration, database->dialect()));
    current = std::max(current.value_or(0), version);
  }
  if (!changes.empty() && !options.dry_run) {
    RETURN_IF_ERROR(WriteChanges(*database, history, changes, "adopt", options));
  }
  return ResultOf(set, changes, current, changes.size());
}

}  // namespace strata
