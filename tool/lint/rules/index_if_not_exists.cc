#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* index = As<sql::IndexStmt>(step.tree);
  if (index == nullptr || !index->concurrent || !index->if_not_exists) return;
  report->Add(HeadOf(step.text, step.span()), "IF NOT EXISTS is content with an invalid index \"" +
                                                  std::string(index->idxname) +
                                                  "\" that a failed attempt left behind");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_index_if_not_exists;
const Rule kRule_index_if_not_exists = {
    .name = "index-if-not-exists",
    .family = RuleFamily::kRobustness,
    .summary = "CREATE INDEX CONCURRENTLY IF NOT EXISTS",
    .why =
        "A build that fails leaves an invalid index of that name, which no query uses and every "
        "write keeps up. "
        "The second attempt finds it, does nothing, and reports success.",
    .help =
        "leave IF NOT EXISTS out (strata repair drops invalid indexes), or DROP INDEX CONCURRENTLY "
        "IF EXISTS first",
    .bad = "CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_user_id_idx ON orders (user_id);",
    .good =
        "DROP INDEX CONCURRENTLY IF EXISTS orders_user_id_idx;\n"
        "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);",
    .source =
        "https://www.postgresql.org/docs/15/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY",
    .step = lint::Check,
};

}  // namespace strata
