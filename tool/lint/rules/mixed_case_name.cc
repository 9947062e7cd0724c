#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool IsMixed(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void Check(const Step& step, Report* report) {
  std::vector<std::string> names;
  if (const auto* create = As<sql::CreateStmt>(step.tree);
      create != nullptr && IsMixed(create->relation->relname)) {
    names.emplace_back(create->relation->relname);
  }
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (IsMixed(c.column->colname)) names.emplace_back(c.column->colname);
  }
  if (names.empty()) return;
  report->Add(
      SpanOfName(step, names[0]),
      QuotedList(names) + (names.size() > 1 ? " have" : " has") + " to be quoted wherever used");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_mixed_case_name;
const Rule kRule_mixed_case_name = {
    .name = "mixed-case-name",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .once = true,
    .summary = "a quoted name with capital letters",
    .why =
        "Every query, in every tool, has to quote it from then on; written without quotes it is "
        "another name.",
    .help = "use lower case with underscores",
    .bad = "CREATE TABLE \"UserAccounts\" (\"userId\" bigint PRIMARY KEY);",
    .good = "CREATE TABLE user_accounts (user_id bigint PRIMARY KEY);",
    .source = "https://wiki.postgresql.org/wiki/Don't_Do_This",
    .step = lint::Check,
};

}  // namespace strata
