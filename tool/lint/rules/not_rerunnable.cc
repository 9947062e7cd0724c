#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  if (step.in_transaction || step.migration.up.parsed.statements.size() < 2) return;
  bool guarded = true;
  if (const auto* create = As<sql::CreateStmt>(step.tree)) guarded = create->if_not_exists;
  if (const auto* index = As<sql::IndexStmt>(step.tree))
    guarded = index->if_not_exists || index->concurrent;
  if (const auto* drop = As<sql::DropStmt>(step.tree)) guarded = drop->missing_ok;
  for (const AlterCommand& c : AlterCommands(step.tree)) {
    const auto subtype = c.command->subtype;
    const bool adds = subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn ||
                      subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn ||
                      subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint;
    guarded = guarded && (!adds || c.command->missing_ok);
  }
  if (guarded) return;
  report->Add(HeadOf(step.text, step.span()),
              "outside a transaction this cannot be run a second time by hand");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_not_rerunnable;
const Rule kRule_not_rerunnable = {
    .name = "not-rerunnable",
    .family = RuleFamily::kRobustness,
    .level = RuleLevel::kNote,
    .summary = "a statement without IF [NOT] EXISTS in a file that runs outside a transaction",
    .why =
        "Strata remembers how many statements of such a file are done and resumes at the next one. "
        "Whoever runs "
        "the file by other means after a failure starts at the top, and meets what is already "
        "there.",
    .help = "add IF EXISTS or IF NOT EXISTS",
    .bad =
        "-- strata: no-transaction\nALTER TABLE orders ADD COLUMN note text;\nCREATE INDEX "
        "CONCURRENTLY orders_note_idx ON orders (note);",
    .good =
        "-- strata: no-transaction\nALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;\nCREATE "
        "INDEX CONCURRENTLY orders_note_idx ON orders (note);",
    .squawk = "prefer-robust-stmts",
    .step = lint::Check,
};

}  // namespace strata
