#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* create = As<sql::CreateStmt>(step.tree);
  if (create == nullptr || create->relation->relpersistence[0] != 'u') return;
  report->Add(SpanAt(step, create->relation->location),
              "unlogged table \"" + NameOf(create->relation) +
                  "\" is emptied by a crash and is not replicated");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_unlogged_table;
const Rule kRule_unlogged_table = {
    .name = "unlogged-table",
    .family = RuleFamily::kRobustness,
    .level = RuleLevel::kNote,
    .summary = "an unlogged table is created",
    .why = "It is empty after a crash, and on standbys it does not exist.",
    .help = "leave UNLOGGED out, or say in an allowance why its rows may be lost",
    .bad = "CREATE UNLOGGED TABLE carts (id bigint PRIMARY KEY);",
    .good = "CREATE TABLE carts (id bigint PRIMARY KEY);",
    .source = "https://www.postgresql.org/docs/15/sql-createtable.html",
    .step = lint::Check,
};

}  // namespace strata
