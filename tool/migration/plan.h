// What a run would do: a pure function of the set, the history and the wish.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "migration/history.h"
#include "strata/migration_set.h"

namespace strata {

struct PlanRequest {
  bool down = false;
  Dialect database = Dialect::kPostgres;  // what the set would run on
  std::optional<std::uint64_t> target;    // up to and with it; down: leaves it applied
  std::optional<std::size_t> steps;       // at most; down: 1 where neither target nor all is given
  bool all = false;                       // down to nothing
  std::optional<std::uint64_t> lowest;    // down: nothing below it, whatever the rest says
  bool allow_out_of_order = false;
  bool use_file = false;      // down: the file, although edited
  bool use_recorded = false;  // down: the recorded script, although there is a file
};

struct Step {
  std::uint64_t version = 0;
  std::string name;
  std::string label;  // "0004_drop_email"
  bool down = false;
  const Migration* migration = nullptr;  // in the set; null: only the history knows it
  const Script* script = nullptr;        // what runs; null: the recorded down script
};

struct Plan {
  std::vector<Step> steps;
  std::vector<std::string> notes;
};

// Pointers in the plan point into `set`. Errors are refusals, each with what to do:
// kInvalidArgument (target not in the set or not applied), kOutOfRange (the database is newer than
// the set), kFailedPrecondition (dirty, modified, missing, out of order, irreversible, edited down
// script, no SQLite form).
absl::StatusOr<Plan> MakePlan(const MigrationSet& set, const History& history,
                              const PlanRequest& request);

// kFailedPrecondition where a migration stopped half way: which one, where, and the way out.
absl::Status CheckDirty(const MigrationSet& set, const History& history);

// The migration of that version, or null.
const Migration* FindMigration(const MigrationSet& set, std::uint64_t version);

// The row of that version, or null.
const HistoryRow* FindRow(const History& history, std::uint64_t version);

// "0004_drop_email": the file's name without its ending; without a file, version and name.
std::string Label(const Migration& migration);
std::string Label(const MigrationSet& set, std::uint64_t version, const std::string& name);

// The script that runs on `database`: the file, or on SQLite its variant or translation; null
// where there is none.
const Script* UpScript(const MigrationSet& set, const Migration& migration, Dialect database);
const Script* DownScript(const MigrationSet& set, const Migration& migration, Dialect database);
const Script* VerifyScript(const MigrationSet& set, const Migration& migration, Dialect database);

// Statements that are sent: without the BEGIN and COMMIT round a whole file.
std::size_t StatementCount(const Script& script);

}  // namespace strata
