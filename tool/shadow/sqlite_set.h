// A set of dialect sqlite, run for real on in-memory SQLite: every up, its verify script, and for
// each migration up -> down -> compare the schema -> up again.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "strata/migration_set.h"

namespace strata::shadow {

enum class SqliteRoundtrip { kOk, kDiffers, kDownFailed, kIrreversible, kNotChecked };

struct SqliteRoundtripResult {
  std::uint64_t version = 0;
  SqliteRoundtrip result = SqliteRoundtrip::kNotChecked;
  std::vector<std::string> differences;
};

struct SqliteSetResult {
  Diagnostics diagnostics;
  int executed = 0;  // statements that ran (once for each: the round trip does not count again)
  int skipped = 0;   // statements left out because an earlier mistake would only be repeated
  std::vector<SqliteRoundtripResult> roundtrip;  // one for each migration; empty without it
};

// Foreign keys are off while a migration runs and checked at its end, as when it is applied. After
// a statement that fails, the rest runs on; what fails only because of it is counted as skipped.
SqliteSetResult RunSqliteSet(const MigrationSet& set, bool roundtrip);

}  // namespace strata::shadow
