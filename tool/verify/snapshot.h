// The schema of a live database as text, to tell whether two states of it are the same: one line an
// object, sorted, with everything that a migration can change about it.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"
#include "driver/driver.h"

namespace strata::verify {

using Snapshot = std::vector<std::string>;

// Reads the schema, Strata's own tables left out. `history_table` is a name without schema.
// Errors: what the database says.
absl::StatusOr<Snapshot> TakeSnapshot(Database& database, const std::string& history_table);

// Returns "lost: …" for each object of `before` that `after` does not have, and "left behind: …"
// for each the other way round.
std::vector<std::string> Differences(const Snapshot& before, const Snapshot& after);

// One query whose rows are a PostgreSQL's snapshot, and the same for SQLite; the latter's tables
// come as their CREATE TABLE statements in the rows that begin with "definition ".
std::string PostgresSnapshotQuery(const std::string& history_table);
std::string SqliteSnapshotQuery(const std::string& history_table);

// Returns what only the text of a CREATE TABLE tells: its CHECK constraints, COLLATE clauses and
// AUTOINCREMENT, sorted and in one spelling.
std::vector<std::string> SqliteClauses(std::string_view create_table);

}  // namespace strata::verify
