// `strata plan`: what a run would do, as one script for psql (or the sqlite3 shell), history rows
// included. A pure function: needs no database.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/status.h"
#include "strata/migration_set.h"

namespace strata {

struct ScriptOptions {
  // Up: the database is taken to stand at `from` (nullopt, 0: empty) and goes to `to` (nullopt: the
  // newest). Down: it stands at `from` (nullopt: the newest; 0: empty) and `to` is left applied
  // (nullopt: nothing is).
  std::optional<std::uint64_t> from;
  std::optional<std::uint64_t> to;
  bool down = false;
  Dialect target = Dialect::kPostgres;           // the database that would run it
  std::string history_table = "strata_history";  // [schema.]name
  std::uint32_t lock_timeout_ms = 5000;          // 0: none is set
  std::uint32_t statement_timeout_ms = 0;
};

// Errors: kInvalidArgument (a version that is not in the set), kFailedPrecondition (a migration of
// the range is irreversible, or has no SQLite form).
absl::StatusOr<std::string> PlanScript(const MigrationSet& set, const ScriptOptions& options);

}  // namespace strata
