#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  std::vector<std::string> names;
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (TypeWord(c.column->type_name) == "json") names.emplace_back(c.column->colname);
  }
  if (names.empty()) return;
  report->Add(SpanOfName(step, names[0]),
              QuotedList(names) + (names.size() > 1 ? " are" : " is") + " of type json");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_prefer_jsonb;
const Rule kRule_prefer_jsonb = {
    .name = "prefer-jsonb",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .summary = "json where jsonb would do",
    .why =
        "json has no equality, so SELECT DISTINCT and GROUP BY over the table's rows fail once "
        "such a column "
        "is added; it is parsed anew at every access and cannot be indexed.",
    .help = "use jsonb",
    .bad = "CREATE TABLE events (id bigint PRIMARY KEY, payload json);",
    .good = "CREATE TABLE events (id bigint PRIMARY KEY, payload jsonb);",
    .source = "https://www.postgresql.org/docs/15/datatype-json.html",
    .strong_migrations = "add_column_json",
    .eugene = "E3",
    .step = lint::Check,
};

}  // namespace strata
