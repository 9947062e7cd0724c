#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* index = As<sql::IndexStmt>(step.tree);
  if (index == nullptr || index->unique || index->n_index_params <= 3) return;
  if (std::string_view(index->access_method) != "btree") return;
  report->Add(HeadOf(step.text, step.span()), "an index over " +
                                                  std::to_string(index->n_index_params) +
                                                  " columns is seldom used beyond the first ones");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_wide_index;
const Rule kRule_wide_index = {
    .name = "wide-index",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .summary = "a non-unique index over more than three columns",
    .why = "The further columns cost room and time at every write and narrow few queries.",
    .help = "begin with the columns that narrow the most, and measure whether more are needed",
    .bad = "CREATE INDEX CONCURRENTLY users_a ON users (a, b, c, d);",
    .good = "CREATE INDEX CONCURRENTLY users_a ON users (a, b);",
    .strong_migrations = "add_index_columns",
    .step = lint::Check,
};

}  // namespace strata
