#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* refresh = As<sql::RefreshMatViewStmt>(step.tree);
  if (refresh == nullptr || refresh->concurrent || !step.InProduction(refresh->relation)) return;
  const catalog::Relation* view = step.Find(refresh->relation);
  if (view != nullptr && !view->populated) return;  // CONCURRENTLY is refused there
  Found& found = report->Add(HeadOf(step.text, step.span()),
                             "REFRESH keeps materialized view \"" + NameOf(refresh->relation) +
                                 "\" from being read until its query is done");
  if (view != nullptr) found.about = view->oid;
}

}  // namespace
}  // namespace lint

extern const Rule kRule_refresh_not_concurrent;
const Rule kRule_refresh_not_concurrent = {
    .name = "refresh-not-concurrent",
    .family = RuleFamily::kLocks,
    .summary = "REFRESH MATERIALIZED VIEW without CONCURRENTLY",
    .why =
        "Nobody can read the view while its query runs. CONCURRENTLY needs a unique index on it.",
    .blocks = "reads of the materialized view, for as long as its query runs",
    .help = "use REFRESH MATERIALIZED VIEW CONCURRENTLY",
    .bad = "REFRESH MATERIALIZED VIEW sales_by_day;",
    .good = "REFRESH MATERIALIZED VIEW CONCURRENTLY sales_by_day;",
    .source = "https://www.postgresql.org/docs/15/sql-refreshmaterializedview.html",
    .step = lint::Check,
};

}  // namespace strata
