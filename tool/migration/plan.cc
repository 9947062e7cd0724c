#include "migration/plan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "migration/baseline.h"

namespace strata {
namespace {

absl::Status CheckNewer(const MigrationSet& set, const History& history) {
  if (history.rows.empty()) return absl::OkStatus();
  const HistoryRow& newest = history.rows.back();
  const std::uint64_t last = set.migrations.empty() ? 0 : set.migrations.back().version;
  if (newest.version <= last) return absl::OkStatus();
  return absl::OutOfRangeError(absl::StrCat(
      "the database is newer than this set: it has ", Label(set, newest.version, newest.name),
      ", the set ends at ", set.migrations.empty() ? "nothing" : Label(set.migrations.back()),
      "; use the newer set, or roll back first (the history keeps the down scripts)"));
}

absl::Status CheckFiles(const MigrationSet& set, const History& history) {
  for (const HistoryRow& row : history.rows) {
    const Migration* migration = FindMigration(set, row.version);
    if (migration == nullptr) {
      return absl::FailedPreconditionError(
          absl::StrCat(Label(set, row.version, row.name),
                       " is applied but its file is missing: restore it, or roll it back with "
                       "`strata down`, which runs the recorded down script"));
    }
    if (migration->up.checksum != row.checksum) {
      return absl::FailedPreconditionError(absl::StrCat(
          std::string(migration->up.file),
          " was modified after it was applied: restore the applied text and put the change into a "
          "new migration (or, where the change is harmless, accept it with `strata stamp`)"));
    }
  }
  return absl::OkStatus();
}

absl::Status NoSqliteForm(const Migration& migration, const char* ending) {
  return absl::FailedPreconditionError(absl::StrCat(
      Label(migration), " is written for PostgreSQL and has no form for SQLite: write ",
      Label(migration), ".sqlite.", ending, " beside it"));
}

absl::Status CheckTarget(const MigrationSet& set, const PlanRequest& request) {
  if (!request.target || FindMigration(set, *request.target) != nullptr) return absl::OkStatus();
  if (request.down && *request.target == 0) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "version ", *request.target, " is not in the set",
      set.migrations.empty() ? std::string()
                             : absl::StrCat(", which ends at ", Label(set.migrations.back()))));
}

absl::StatusOr<Plan> PlanUp(const MigrationSet& set, const History& recorded,
                            const PlanRequest& request) {
  RETURN_IF_ERROR(CheckNewer(set, recorded));
  ASSIGN_OR_RETURN(const History history, UnderBaseline(set, recorded));
  RETURN_IF_ERROR(CheckFiles(set, history));
  RETURN_IF_ERROR(CheckTarget(set, request));
  const std::uint64_t newest = history.rows.empty() ? 0 : history.rows.back().version;
  Plan plan;
  for (const Migration& migration : set.migrations) {
    if (request.target && migration.version > *request.target) break;
    if (request.steps && plan.steps.size() >= *request.steps) break;
    if (FindRow(history, migration.version) != nullptr) continue;
    if (!history.rows.empty() && migration.version < newest) {
      if (!request.allow_out_of_order) {
        return absl::FailedPreconditionError(absl::StrCat(
            Label(migration), " is out of order: ", Label(set, newest, history.rows.back().name),
            " is already applied; renumber it (`strata seal --rebase`), or apply it all the same "
            "with --allow-out-of-order"));
      }
      plan.notes.push_back(absl::StrCat(Label(migration), " is applied out of order"));
    }
    const Script* script = UpScript(set, migration, request.database);
    if (script == nullptr) return NoSqliteForm(migration, "up.sql");
    plan.steps.push_back({migration.version, std::string(migration.name), Label(migration), false,
                          &migration, script});
  }
  return plan;
}

// Fills step.script; leaves it null where the recorded script is to run.
absl::Status ChooseDown(const MigrationSet& set, const HistoryRow& row, const PlanRequest& request,
                        Step& step) {
  if (step.migration == nullptr || request.use_recorded) {
    if (!row.down_checksum.empty()) return absl::OkStatus();
    return absl::FailedPreconditionError(absl::StrCat(
        step.label,
        " cannot be rolled back: ", step.migration == nullptr ? "its file is gone and " : "",
        "the history has no down script for it"));
  }
  const Migration& migration = *step.migration;
  if (!migration.down) {
    return absl::FailedPreconditionError(absl::StrCat(
        step.label, " is irreversible",
        migration.irreversible.empty() ? std::string()
                                       : absl::StrCat(": ", std::string(migration.irreversible))));
  }
  if (!request.use_file && !row.down_checksum.empty() &&
      migration.down->checksum != row.down_checksum) {
    return absl::FailedPreconditionError(absl::StrCat(
        std::string(migration.down->file),
        " was edited after the migration was applied: run the edited file with --use file, or the "
        "script recorded in the history with --use recorded"));
  }
  step.script = DownScript(set, migration, request.database);
  if (step.script == nullptr) return NoSqliteForm(migration, "down.sql");
  return absl::OkStatus();
}

// A roll-back does not leave a database in the middle of what a baseline replaces: this set has no
// way up from there.
absl::Status CheckMiddle(const MigrationSet& set, const History& history, const Plan& plan) {
  if (plan.steps.empty()) return absl::OkStatus();
  const std::size_t left = history.rows.size() - plan.steps.size();
  const bool enters = left < history.rows.size() && IsReplaced(set, history.rows[left]);
  if (!enters || left == 0 || !UnderBaseline(set, history).ok()) return absl::OkStatus();
  const Migration& baseline = *Baseline(set);
  return absl::FailedPreconditionError(
      absl::StrCat("this would leave the database at version ", history.rows[left - 1].version,
                   ", in the middle of what ", Label(baseline), " replaces: roll back to version ",
                   baseline.version, " (`strata down --to ", baseline.version,
                   "`), or everything (`strata down --all`)"));
}

absl::StatusOr<Plan> PlanDown(const MigrationSet& set, const History& history,
                              const PlanRequest& request) {
  if (request.target && *request.target != 0 && FindRow(history, *request.target) == nullptr) {
    RETURN_IF_ERROR(CheckTarget(set, request));
    if (!history.rows.empty() && history.rows.back().version > *request.target) {
      return absl::InvalidArgumentError(absl::StrCat(
          "version ", *request.target, " is not applied, so it cannot be left applied"));
    }
  }
  const Migration* baseline = Baseline(set);
  const std::vector<Replaced> replaced =
      baseline == nullptr ? std::vector<Replaced>() : ReplacedBy(baseline->up.text);
  std::optional<std::size_t> steps = request.steps;
  if (!steps && !request.target && !request.all) steps = 1;
  Plan plan;
  for (auto row = history.rows.rbegin(); row != history.rows.rend(); ++row) {
    if (steps && plan.steps.size() >= *steps) break;
    if (request.target && row->version <= *request.target) break;
    if (request.lowest && row->version < *request.lowest) break;
    Step step;
    step.version = row->version;
    step.name = row->name;
    step.label = Label(set, row->version, row->name);
    step.down = true;
    if (IsReplaced(set, *row)) {
      step.label = LabelAmong(replaced, *row);
    } else {
      step.migration = FindMigration(set, row->version);
    }
    RETURN_IF_ERROR(ChooseDown(set, *row, request, step));
    if (step.script == nullptr) {
      plan.notes.push_back(
          absl::StrCat(step.label, ": rolled back with the down script that the history keeps"));
    }
    plan.steps.push_back(std::move(step));
  }
  RETURN_IF_ERROR(CheckMiddle(set, history, plan));
  return plan;
}

}  // namespace

absl::Status CheckDirty(const MigrationSet& set, const History& history) {
  for (const HistoryRow& row : history.rows) {
    if (row.state == RowState::kApplied) continue;
    const Migration* migration = FindMigration(set, row.version);
    std::string of;
    if (migration != nullptr) of = absl::StrCat(" of ", StatementCount(migration->up));
    return absl::FailedPreconditionError(absl::StrCat(
        Label(set, row.version, row.name), " is dirty: it ran outside a transaction and ",
        row.state == RowState::kFailed ? "failed" : "was cut off", " after ", row.statement, of,
        row.statement == 1 && of.empty() ? " statement" : " statements",
        "; `strata repair` shows what is there and finishes or undoes it"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Plan> MakePlan(const MigrationSet& set, const History& history,
                              const PlanRequest& request) {
  if (set.dialect == Dialect::kSqlite && request.database == Dialect::kPostgres) {
    return absl::FailedPreconditionError(
        "the set is written for SQLite (dialect sqlite) and cannot run on PostgreSQL");
  }
  RETURN_IF_ERROR(CheckDirty(set, history));
  return request.down ? PlanDown(set, history, request) : PlanUp(set, history, request);
}

const Migration* FindMigration(const MigrationSet& set, std::uint64_t version) {
  auto at = std::lower_bound(set.migrations.begin(), set.migrations.end(), version,
                             [](const Migration& m, std::uint64_t v) { return m.version < v; });
  return at != set.migrations.end() && at->version == version ? &*at : nullptr;
}

const HistoryRow* FindRow(const History& history, std::uint64_t version) {
  auto at = std::lower_bound(history.rows.begin(), history.rows.end(), version,
                             [](const HistoryRow& r, std::uint64_t v) { return r.version < v; });
  return at != history.rows.end() && at->version == version ? &*at : nullptr;
}

std::string Label(const Migration& migration) {
  constexpr std::string_view kEnding = ".up.sql";
  std::string_view file = migration.up.file;
  if (file.size() > kEnding.size() && file.substr(file.size() - kEnding.size()) == kEnding) {
    return std::string(file.substr(0, file.size() - kEnding.size()));
  }
  return absl::StrCat(migration.version, "_", std::string(migration.name));
}

std::string Label(const MigrationSet& set, std::uint64_t version, const std::string& name) {
  const Migration* migration = FindMigration(set, version);
  return migration != nullptr ? Label(*migration) : absl::StrCat(version, "_", name);
}

const Script* UpScript(const MigrationSet& set, const Migration& migration, Dialect database) {
  if (set.dialect == database) return &migration.up;
  return migration.sqlite_up ? &*migration.sqlite_up : nullptr;
}

const Script* DownScript(const MigrationSet& set, const Migration& migration, Dialect database) {
  const OptionalScript& down = set.dialect == database ? migration.down : migration.sqlite_down;
  return down ? &*down : nullptr;
}

const Script* VerifyScript(const MigrationSet& set, const Migration& migration, Dialect database) {
  const OptionalScript& verify =
      set.dialect == database ? migration.verify : migration.sqlite_verify;
  return verify ? &*verify : nullptr;
}

std::size_t StatementCount(const Script& script) {
  return static_cast<std::size_t>(
      std::count_if(script.statements.begin(), script.statements.end(),
                    [](const Statement& s) { return (s.flags & Statement::kWrapper) == 0; }));
}

}  // namespace strata
