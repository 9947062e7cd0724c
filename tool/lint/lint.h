// The linter: every statement of every up file against every rule, with the schema before and
// after.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "lint/settings.h"
#include "lint/step.h"
#include "sql/load_set.h"

namespace strata::lint {

// Lints a set while someone else applies its up files to a catalog (`strata check` does, so that
// linting costs little beside it), or by itself (Lint below).
//
// For each migration in order: BeginFile, Statement for each statement, EndFile; at the end Finish.
// Of migrations before the settings' `since` only the schema counts.
class Linter {
 public:
  // `set` and `settings` must outlive the linter.
  Linter(const sql::LoadedSet& set, const Settings& settings);
  ~Linter();

  void BeginFile(std::size_t migration, const catalog::Catalog& start);
  void Statement(std::size_t statement, const catalog::Catalog& before,
                 const catalog::Catalog& after);
  void EndFile(const catalog::Catalog& end);

  // Everything found (class lint), sorted by place, allowances taken off. Call once, last.
  Diagnostics Finish();
  // Of what Finish returned, what --fix can do.
  const std::vector<FixableFinding>& fixable() const;

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

// Applies the set's up files to a catalog of its own and lints them. A sqlite set is linted from
// its words alone.
Diagnostics Lint(const sql::LoadedSet& set, const Settings& settings,
                 std::vector<FixableFinding>* fixable = nullptr);

// One row of the lock table: `strata lint --locks`.
struct LockRow {
  const Migration* migration = nullptr;
  std::string file;
  Span span;
  std::string statement;         // its first line
  std::vector<TableLock> locks;  // empty: it locks no table that stood before the file
  bool in_transaction = true;
};
std::vector<LockRow> LockTable(const sql::LoadedSet& set, const Settings& settings);

}  // namespace strata::lint
