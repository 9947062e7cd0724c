#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* create = As<sql::CreateStmt>(step.tree);
  if (create == nullptr || !std::string_view(create->relation->schemaname).empty() ||
      create->relation->relpersistence[0] == 't')
    return;
  report->Add(SpanAt(step, create->relation->location),
              "where table \"" + std::string(create->relation->relname) +
                  "\" is created depends on the search_path");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_unqualified_name;
const Rule kRule_unqualified_name = {
    .name = "unqualified-name",
    .family = RuleFamily::kRobustness,
    .level = RuleLevel::kOff,
    .summary = "a table is created without naming its schema",
    .why =
        "It lands in the first schema of the search_path, which differs with the role and the "
        "database.",
    .help = "write the schema before the name",
    .bad = "CREATE TABLE users (id bigint PRIMARY KEY);",
    .good = "CREATE TABLE public.users (id bigint PRIMARY KEY);",
    .squawk = "require-table-schema",
    .step = lint::Check,
};

}  // namespace strata
