#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  std::vector<std::string> names;
  for (const NewColumn& c : NewColumns(step.tree)) {
    const bool limited =
        TypeWord(c.column->type_name) == "varchar" && !TypeArguments(c.column->type_name).empty();
    if (limited) names.emplace_back(c.column->colname);
  }
  if (names.empty()) return;
  report->Add(
      SpanOfName(step, names[0]),
      QuotedList(names) + (names.size() > 1 ? " have" : " has") + " a length limit in the type");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_varchar_limit;
const Rule kRule_varchar_limit = {
    .name = "varchar-limit",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .once = true,
    .summary = "varchar(n)",
    .why =
        "A limit that turns out too small has to be changed in the type, in every view that shows "
        "the column, "
        "and in code; a CHECK constraint can be exchanged alone. text is stored the same way.",
    .help = "use text, with a CHECK on its length where that matters",
    .bad = "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50));",
    .good =
        "CREATE TABLE users (id bigint PRIMARY KEY, name text CONSTRAINT users_name_length CHECK "
        "(length(name) <= 50));",
    .source = "https://wiki.postgresql.org/wiki/Don't_Do_This",
    .squawk = "prefer-text-field",
    .step = lint::Check,
};

}  // namespace strata
