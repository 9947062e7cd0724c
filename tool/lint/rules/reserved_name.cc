#include <algorithm>
#include <array>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

// Words that PostgreSQL 15 takes as a table or column name only in quotes (kwlist.h: RESERVED) and
// that people use as names.
constexpr std::array<std::string_view, 22> kReserved = {
    "user",  "order",      "group", "table", "column", "limit", "offset", "default",
    "check", "references", "end",   "desc",  "asc",    "case",  "when",   "primary",
    "grant", "from",       "to",    "all",   "select", "where"};

bool IsReserved(std::string_view name) {
  return std::find(kReserved.begin(), kReserved.end(), name) != kReserved.end();
}

void Check(const Step& step, Report* report) {
  std::vector<std::string> names;
  if (const auto* create = As<sql::CreateStmt>(step.tree);
      create != nullptr && IsReserved(create->relation->relname)) {
    names.emplace_back(create->relation->relname);
  }
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (IsReserved(c.column->colname)) names.emplace_back(c.column->colname);
  }
  if (names.empty()) return;
  report->Add(SpanOfName(step, names[0]),
              QuotedList(names) +
                  (names.size() > 1 ? " are reserved words" : " is a reserved word") +
                  " and must be quoted wherever used");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_reserved_name;
const Rule kRule_reserved_name = {
    .name = "reserved-name",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .summary = "a reserved word as the name of a table or column",
    .why =
        "It has to be quoted in every query. Without the quotes some mean something else: SELECT * "
        "FROM user "
        "is the name of the current role.",
    .help = "choose another name",
    .bad = "CREATE TABLE \"user\" (id bigint PRIMARY KEY);",
    .good = "CREATE TABLE users (id bigint PRIMARY KEY);",
    .source = "https://www.postgresql.org/docs/15/sql-keywords-appendix.html",
    .step = lint::Check,
};

}  // namespace strata
