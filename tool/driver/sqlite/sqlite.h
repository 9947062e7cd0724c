// SQLite. One runner at a time by the file's own lock (BEGIN IMMEDIATE), taken before the history
// is compared.
//
// Durability: migrations run in groups of one transaction, a savepoint each, committed at the end
// of the run or after a quarter of a second, whichever comes first; a group is reported only when
// it is committed, with the file's own `synchronous` setting. Killed at any moment, the file holds
// whole groups: a migration and its history row are there both or neither.
//
// Foreign keys are switched off before a transaction (inside one the pragma does nothing) and
// checked before its commit, so that a table rebuild never cascades deletes; a violation that was
// not there before rolls the migration back.
#pragma once

#include <memory>

#include "driver/driver.h"

struct sqlite3;

namespace strata {

// `place`: a path or ":memory:". A file that does not exist is made at the first write.
absl::StatusOr<std::unique_ptr<Database>> OpenSqlite(const std::string& place,
                                                     const ConnectOptions& options);

// `db` stays the caller's. REQUIRES: no transaction is open on it.
absl::StatusOr<std::unique_ptr<Database>> UseSqlite(sqlite3* db, const ConnectOptions& options);

}  // namespace strata
