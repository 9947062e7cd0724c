// Verify: checksums, and the verify scripts of what is applied.
#include "absl/strings/str_cat.h"
#include "migrate/open.h"
#include "migration/baseline.h"
#include "migration/plan.h"

namespace strata {
namespace {

using Kind = VerifyFinding::Kind;

void Add(VerifyReport& report, Kind kind, const HistoryRow& row, std::string_view file,
         std::string message) {
  VerifyFinding finding;
  finding.kind = kind;
  finding.version = row.version;
  finding.name = row.name;
  finding.file = std::string(file);
  finding.message = std::move(message);
  report.findings.push_back(std::move(finding));
}

absl::Status RunScript(Database& database, const Script& script, const HistoryRow& row,
                       VerifyReport& report) {
  const RunReport run = database.RunVerify(script, report.queries);
  if (run.outcome == Outcome::kDone) return absl::OkStatus();
  if (run.outcome == Outcome::kLost) return absl::UnavailableError(run.message);
  if (run.outcome == Outcome::kCancelled) return absl::CancelledError("cancelled");
  VerifyFinding finding;
  finding.kind = Kind::kVerifyFailed;
  finding.version = row.version;
  finding.name = row.name;
  finding.file = std::string(script.file);
  finding.begin = run.begin;
  finding.end = run.end;
  finding.message = run.message;
  report.findings.push_back(std::move(finding));
  return absl::OkStatus();
}

absl::StatusOr<VerifyReport> VerifyOf(const MigrationSet& set, Database& database) {
  ASSIGN_OR_RETURN(History history, database.ReadHistory(Detail::kPlan));
  RETURN_IF_ERROR(CheckToolVersions(history, Version()));
  VerifyReport report;
  bool middle = false;  // of what a baseline replaces: said once, not for each row
  if (absl::StatusOr<History> seen = UnderBaseline(set, history); seen.ok()) {
    history = *std::move(seen);
  } else {
    middle = true;
    Add(report, Kind::kMissing, history.rows.front(), "", std::string(seen.status().message()));
  }
  for (const HistoryRow& row : history.rows) {
    const std::string label = Label(set, row.version, row.name);
    const Migration* migration = FindMigration(set, row.version);
    ++report.applied;
    if (row.state != RowState::kApplied) {
      Add(report, Kind::kDirty, row, "", absl::StrCat(label, " is dirty: see `strata repair`"));
      continue;
    }
    if (middle && IsReplaced(set, row)) continue;
    if (migration == nullptr) {
      Add(report, Kind::kMissing, row, "",
          absl::StrCat(label, " is applied, but its file is missing"));
      continue;
    }
    if (migration->up.checksum != row.checksum) {
      Add(report, Kind::kModified, row, migration->up.file,
          absl::StrCat(std::string(migration->up.file), " was modified after it was applied"));
    }
    const std::string_view down = migration->down ? migration->down->checksum : std::string_view();
    if (!row.down_checksum.empty() && down != row.down_checksum) {
      Add(report, Kind::kDownModified, row, migration->down ? migration->down->file : "",
          absl::StrCat("the down script of ", label, " was edited after it was applied"));
    }
    const Script* verify = VerifyScript(set, *migration, database.dialect());
    if (verify != nullptr) RETURN_IF_ERROR(RunScript(database, *verify, row, report));
  }
  return report;
}

}  // namespace

absl::StatusOr<VerifyReport> Verify(const MigrationSet& set, const std::string& url,
                                    const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(url, options));
  return VerifyOf(set, *database);
}

absl::StatusOr<VerifyReport> Verify(const MigrationSet& set, sqlite3* connection,
                                    const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return VerifyOf(set, *database);
}

absl::StatusOr<VerifyReport> Verify(const MigrationSet& set, pqxx::connection& connection,
                                    const MigrateOptions& options) {
  ASSIGN_OR_RETURN(std::unique_ptr<Database> database, Open(connection, options));
  return VerifyOf(set, *database);
}

}  // namespace strata
