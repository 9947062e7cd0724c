#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* truncate = As<sql::TruncateStmt>(step.tree);
  if (truncate == nullptr || truncate->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE) return;
  for (const sql::Node* node : Each(truncate->n_relations, truncate->relations)) {
    const auto* table = As<sql::RangeVar>(node);
    if (table == nullptr || !step.InProduction(table)) continue;
    report->Add(SpanAt(step, table->location),
                "TRUNCATE deletes every row of table \"" + NameOf(table) + "\"");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_truncate;
const Rule kRule_truncate = {
    .name = "truncate",
    .family = RuleFamily::kDestructive,
    .summary = "all rows of a table are deleted",
    .why =
        "The rows are gone, in every environment the migration runs in, and no down script brings "
        "them back.",
    .blocks = "reads and writes of the table",
    .help = "delete what must go by a condition, or keep a copy first",
    .bad = "TRUNCATE sessions;",
    .good = "DELETE FROM sessions WHERE expires_at < now();",
    .source = "https://www.postgresql.org/docs/15/sql-truncate.html",
    .step = lint::Check,
};

}  // namespace strata
