#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool Works(const Step& step) {
  return std::any_of(step.locks.begin(), step.locks.end(), [](const TableLock& lock) {
    return lock.work != TableWork::kNone && lock.mode == LockMode::kAccessExclusive;
  });
}

void Check(const Step& step, Report* report) {
  const auto* alter = As<sql::AlterTableStmt>(step.tree);
  if (alter == nullptr || AlterCommands(step.tree).empty() || step.earlier.empty() || !Works(step))
    return;
  const Step& before = step.earlier.back();
  const auto* previous = As<sql::AlterTableStmt>(before.tree);
  if (previous == nullptr || AlterCommands(before.tree).empty() || !Works(before)) return;
  const catalog::Relation* table = step.Find(alter->relation);
  if (table == nullptr || before.Find(previous->relation) == nullptr ||
      before.Find(previous->relation)->oid != table->oid)
    return;
  report
      ->Add(HeadOf(step.text, step.span()),
            "table \"" + NameOf(alter->relation) +
                "\" is read or written anew a second time, which one ALTER TABLE would do once")
      .about = table->oid;
}

}  // namespace
}  // namespace lint

extern const Rule kRule_merge_alters;
const Rule kRule_merge_alters = {
    .name = "merge-alters",
    .family = RuleFamily::kLocks,
    .level = RuleLevel::kNote,
    .summary = "two ALTER TABLEs in a row each go over the whole table",
    .why =
        "Commands of one ALTER TABLE share one pass over the rows; two statements take two passes "
        "under the same lock.",
    .blocks = "reads and writes of the table, twice as long",
    .help = "write them as one ALTER TABLE with several commands",
    .bad =
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
        "ALTER TABLE users ALTER COLUMN name SET NOT NULL;",
    .good = "ALTER TABLE users ALTER COLUMN email SET NOT NULL, ALTER COLUMN name SET NOT NULL;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .eugene = "W12",
    .step = lint::Check,
};

}  // namespace strata
