#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

// Rows written in bulk: UPDATE, DELETE and INSERT … SELECT, not the few rows of VALUES.
const sql::RangeVar* BulkTarget(const sql::Node* tree) {
  if (const auto* update = As<sql::UpdateStmt>(tree)) return update->relation;
  if (const auto* remove = As<sql::DeleteStmt>(tree)) return remove->relation;
  const auto* insert = As<sql::InsertStmt>(tree);
  const auto* select = insert == nullptr ? nullptr : As<sql::SelectStmt>(insert->select_stmt);
  const bool reads = select != nullptr && select->n_values_lists == 0 && select->n_from_clause > 0;
  return reads ? insert->relation : nullptr;
}

void Check(const Step& step, Report* report) {
  const sql::RangeVar* target = BulkTarget(step.tree);
  if (!step.in_transaction || target == nullptr) return;
  const catalog::Relation* table = step.Find(target);
  if (table != nullptr && !step.InProduction(table)) return;
  for (const Step& earlier : step.earlier) {
    if (BulkTarget(earlier.tree) != nullptr) return;  // said once a file
    for (const TableLock& lock : earlier.locks) {
      if (lock.mode != LockMode::kAccessExclusive) continue;
      report->Add(HeadOf(step.text, step.span()),
                  "rows of table \"" + NameOf(target) +
                      "\" are changed in bulk while the schema change above keeps table \"" +
                      lock.name + "\" from being read");
      return;
    }
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_backfill_with_ddl;
const Rule kRule_backfill_with_ddl = {
    .name = "backfill-with-ddl",
    .family = RuleFamily::kTransactions,
    .summary = "rows are changed in bulk in the transaction that changes the schema",
    .why =
        "ALTER TABLE keeps its ACCESS EXCLUSIVE lock until the transaction ends, so the table "
        "cannot be read "
        "for as long as the backfill takes; and a backfill that fails takes the schema change back "
        "with it.",
    .blocks = "reads and writes of the altered table, for as long as the backfill takes",
    .help = "put the backfill into a migration of its own, in batches where the table is large",
    .bad =
        "ALTER TABLE users ADD COLUMN plan text;\nUPDATE users SET plan = 'free' WHERE plan IS "
        "NULL;",
    .good =
        "ALTER TABLE users ADD COLUMN plan text;\n"
        "-- next migration:\n"
        "UPDATE users SET plan = 'free' WHERE plan IS NULL;",
    .strong_migrations = "backfill",
    .eugene = "E4",
    .step = lint::Check,
};

}  // namespace strata
