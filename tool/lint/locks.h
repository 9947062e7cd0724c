// Which lock a statement takes on which table, what waits meanwhile, and how long that can be.
// Source: PostgreSQL 15 documentation, "Explicit Locking" and the notes of each command; held
// against a real server by tests/lint/locks_test.cc.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "sql/tree.h"

namespace strata::lint {

// PostgreSQL's table lock modes, weakest first; each value is the server's number.
enum class LockMode {
  kAccessShare = 1,
  kRowShare,
  kRowExclusive,
  kShareUpdateExclusive,
  kShare,
  kShareRowExclusive,
  kExclusive,
  kAccessExclusive,
};
// "AccessExclusiveLock", as pg_locks.mode has it.
std::string_view PgName(LockMode mode);
// "ACCESS EXCLUSIVE", as the documentation has it.
std::string_view SqlName(LockMode mode);
// "reads and writes", "writes", "schema changes" or "nothing".
std::string_view Blocks(LockMode mode);

enum class TableWork { kNone, kScan, kRewrite };

struct TableLock {
  catalog::Oid table = 0;
  std::string name;  // schema-qualified where the schema is not public
  LockMode mode = LockMode::kAccessShare;
  TableWork work = TableWork::kNone;
  bool builds_index = false;
  // Why it lasts: "each row is checked"; empty where it does not grow with the table.
  std::string grows;
};

// The locks on tables (and materialized views and partitions) that stand in `before`, the strongest
// one of each, in the order of the statement. Statements that are not known take none.
std::vector<TableLock> LocksOf(const sql::Node* statement, const catalog::Catalog& before,
                               const catalog::Catalog& after);

}  // namespace strata::lint
