#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* create = As<sql::CreateStmt>(step.tree);
  const auto* index = As<sql::IndexStmt>(step.tree);
  const bool table = create != nullptr && create->if_not_exists;
  if (!table && (index == nullptr || index->concurrent || !index->if_not_exists)) return;
  report->Add(HeadOf(step.text, step.span()), "IF NOT EXISTS is content with another " +
                                                  std::string(table ? "table" : "index") +
                                                  " of the same name");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_create_if_not_exists;
const Rule kRule_create_if_not_exists = {
    .name = "create-if-not-exists",
    .family = RuleFamily::kRobustness,
    .level = RuleLevel::kOff,
    .summary = "CREATE … IF NOT EXISTS",
    .why =
        "Where something of that name is there, of whatever shape, the statement does nothing and "
        "the history "
        "says it was applied. Which migrations ran is what the history table knows.",
    .help = "leave IF NOT EXISTS out",
    .bad = "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);",
    .good = "CREATE TABLE users (id bigint PRIMARY KEY);",
    .step = lint::Check,
};

}  // namespace strata
