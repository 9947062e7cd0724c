#include "lint/match.h"
#include "sql/token.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* reindex = As<sql::ReindexStmt>(step.tree);
  if (reindex == nullptr) return;
  for (const sql::Node* node : Each(reindex->n_params, reindex->params)) {
    const auto* option = As<sql::DefElem>(node);
    if (option != nullptr && std::string_view(option->defname) == "concurrently") return;
  }
  if (reindex->relation != nullptr && !step.InProduction(reindex->relation)) return;
  Found& found =
      report->Add(HeadOf(step.text, step.span()),
                  "REINDEX keeps the table from being written and its index from being read");
  const bool one = reindex->relation != nullptr;
  const auto keyword = sql::FindKeyword(
      step.text, step.span(),
      reindex->kind == PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX ? "index" : "table");
  if (!one || !keyword) return;
  Fix fix;
  fix.edits = {{{keyword->end, keyword->end}, " CONCURRENTLY"}};
  fix.no_transaction = true;
  found.fix = std::move(fix);
}

}  // namespace
}  // namespace lint

extern const Rule kRule_reindex_not_concurrent;
const Rule kRule_reindex_not_concurrent = {
    .name = "reindex-not-concurrent",
    .family = RuleFamily::kLocks,
    .summary = "REINDEX without CONCURRENTLY",
    .why =
        "The table cannot be written, and queries that would use the index cannot run, until it is "
        "built anew.",
    .blocks = "writes of the table, and reads that use the index",
    .help = "use REINDEX … CONCURRENTLY",
    .bad = "REINDEX INDEX orders_user_id_idx;",
    .good = "REINDEX INDEX CONCURRENTLY orders_user_id_idx;",
    .source = "https://www.postgresql.org/docs/15/sql-reindex.html",
    .squawk = "require-concurrent-reindex",
    .step = lint::Check,
};

}  // namespace strata
