#include "lint/match.h"
#include "sql/token.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* index = As<sql::IndexStmt>(step.tree);
  if (index == nullptr || index->concurrent || !step.InProduction(index->relation)) return;
  const catalog::Relation* table = step.Find(index->relation);
  const std::string name = NameOf(index->relation);
  const bool partitioned =
      table != nullptr && table->kind == catalog::RelationKind::kPartitionedTable;
  Found& found = report->Add(
      HeadOf(step.text, step.span()),
      "CREATE INDEX keeps table \"" + name + "\" from being written until the index is built");
  if (table != nullptr) found.about = table->oid;
  if (partitioned) {
    found.help =
        "create the index ON ONLY the parent, build each partition's CONCURRENTLY, then ATTACH "
        "them";
    return;
  }
  const auto keyword = sql::FindKeyword(step.text, step.span(), "index");
  if (!keyword) return;
  Fix fix;
  fix.edits = {{{keyword->end, keyword->end}, " CONCURRENTLY"}};
  fix.no_transaction = true;
  found.fix = std::move(fix);
}

}  // namespace
}  // namespace lint

extern const Rule kRule_index_not_concurrent;
const Rule kRule_index_not_concurrent = {
    .name = "index-not-concurrent",
    .family = RuleFamily::kLocks,
    .summary = "an index is built without CONCURRENTLY",
    .why =
        "CREATE INDEX holds SHARE on the table until the index is built: every INSERT, UPDATE and "
        "DELETE waits.",
    .blocks = "writes of the table, for as long as it takes to build the index",
    .help =
        "use CREATE INDEX CONCURRENTLY in a migration of its own (it runs outside a transaction by "
        "itself)",
    .bad = "CREATE INDEX orders_user_id_idx ON orders (user_id);",
    .good = "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);",
    .source =
        "https://www.postgresql.org/docs/15/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    .squawk = "require-concurrent-index-creation",
    .atlas = "PG101",
    .strong_migrations = "add_index",
    .eugene = "E6",
    .step = lint::Check,
};

}  // namespace strata
