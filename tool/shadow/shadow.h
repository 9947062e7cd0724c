// The rows that the migrations themselves put into tables, kept on in-memory SQLite while the
// offline check walks over a set. Data statements really run there, so that a duplicate key, a NULL
// under SET NOT NULL, a violated CHECK or foreign key is found as PostgreSQL would find it.
//
// What is claimed is certain. A table that nothing ever wrote is empty; a table whose every write
// was run has known rows; one that was written by something that could not be run faithfully (a
// trigger, a DO block, a function whose value is not known, …) is unknown, and nothing is said
// about its rows.
//
// A table comes into SQLite when a data statement first touches it: a set without data statements
// costs next to nothing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/problem.h"
#include "sql/parse.h"

namespace strata::shadow {

// What is known of a table's rows.
enum class Contents {
  kEmpty,  // certainly no row
  kRows,   // certainly these rows (possibly none)
  kUnknown,
};

struct RunResult {
  enum class Kind {
    kNotData,      // the statement writes and asks for no rows
    kExecuted,     // it ran, or certainly had no row to run on
    kNotExecuted,  // `reason` says why
  };
  Kind kind = Kind::kNotData;
  std::string reason;
  std::vector<catalog::Problem> problems;  // at most one: PostgreSQL stops at the first
};

class Shadow {
 public:
  Shadow();
  ~Shadow();
  Shadow(const Shadow&) = delete;
  Shadow& operator=(const Shadow&) = delete;

  // Follows one statement, after catalog::Apply turned `before` into `after`. Call it for every
  // statement, data or not: it carries rows through ALTER TABLE and drops them with their table.
  // `accepted`: Apply found no problem; with false the statement is not run, and what it would have
  // written becomes unknown. A statement that violates something leaves the rows it touched
  // unknown, so that one mistake is not reported twice.
  RunResult Run(const catalog::Catalog& before, const catalog::Catalog& after,
                std::string_view text, const sql::ParsedStatement& statement, bool accepted);

  // The beginning of a migration (or of its down): now() moves on, deferred checks are forgotten.
  void BeginTransaction();

  // All rows as they are now. Cheap; a write after it copies the one table it writes. Restoring
  // does not invalidate a snapshot. A Shadow must outlive its snapshots.
  struct State;
  using Snapshot = std::shared_ptr<const State>;
  Snapshot Save();
  void Restore(const Snapshot& snapshot);
  // Whether the rows and sequences are certainly the same at both. False where it would take a
  // look at the rows to tell.
  static bool Same(const State& a, const State& b);

  Contents ContentsOf(catalog::Oid relation) const;
  bool IsKnownEmpty(catalog::Oid relation) const {
    return ContentsOf(relation) == Contents::kEmpty;
  }
  bool RowsKnown(catalog::Oid relation) const { return ContentsOf(relation) != Contents::kUnknown; }

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace strata::shadow
