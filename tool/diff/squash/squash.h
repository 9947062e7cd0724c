// Many old migrations -> one baseline that makes the same schema and the same rows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/status.h"
#include "catalog/catalog.h"
#include "driver/driver.h"
#include "sql/load_set.h"

namespace strata::diff {

struct SquashOptions {
  std::uint64_t to = 0;
  bool rows = true;  // false: what the migrations put into tables is left out
  // URL of a server where scratch databases may be made. Called only where the files alone do not
  // tell what the migrations make.
  std::function<absl::StatusOr<std::string>()> server;
};

struct Squashed {
  std::vector<const Migration*> replaced;  // of the set
  std::string digits;                      // of the newest one's version
  std::string up, down;
  std::string verify;      // empty: none
  bool on_server = false;  // proved on a database, too
  std::vector<std::string> notes;
};

// The baseline of all migrations up to `options.to`, proved: it makes the same schema, its down
// leaves nothing; where a database was needed, with the same rows. Writes nothing.
// Errors: kInvalidArgument (no such version), kFailedPrecondition (refused, and why), kNotFound (a
// server is needed and there is none), and those of the database.
absl::StatusOr<Squashed> Squash(const sql::LoadedSet& loaded, const SquashOptions& options);

// --- its parts ---

// What the statements of the migrations to be replaced do beside making a schema.
struct Survey {
  std::string rows;     // "0002_seed.up.sql:3: INSERT puts rows in", the first such; empty: none
  std::string unclear;  // the first that cannot be followed from the text alone; empty: none
  std::string lost;     // the first whose effect no dump holds; empty: none
  std::string head;     // roles, which belong before everything else, as they are written
};
Survey SurveyOf(const sql::LoadedSet& loaded, std::uint64_t last);

// Statements that put in what the tables hold, parents before children, and that set the
// sequences; "" where there is nothing. Strata's own tables are left out.
// Errors: kFailedPrecondition (rows that no order of INSERTs can bring back).
absl::StatusOr<std::string> RowScript(Database& database);

// A set of the one migration, cut into statements by lexical rules.
MigrationSet BaselineSet(const Squashed& squashed, Dialect dialect);

// Runs `set` up to `to` in a scratch database on `server` and calls `read` with it; then runs the
// baseline that `read` made in another, and compares schema and rows; then its down.
// Errors: kFailedPrecondition where anything differs.
absl::Status ProveOn(const std::string& server, const MigrationSet& set, std::uint64_t to,
                     bool rows, const std::function<absl::Status(Database&)>& read,
                     Squashed* squashed);

}  // namespace strata::diff
