#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  std::vector<std::string> names;
  for (const NewColumn& c : NewColumns(step.tree)) {
    const std::string type = TypeWord(c.column->type_name);
    if (type.find("serial") != std::string::npos) names.emplace_back(c.column->colname);
  }
  if (names.empty()) return;
  report->Add(SpanOfName(step, names[0]),
              QuotedList(names) + (names.size() > 1 ? " are" : " is") +
                  " serial, which is a default and not a property of the column");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_prefer_identity;
const Rule kRule_prefer_identity = {
    .name = "prefer-identity",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .once = true,
    .summary = "serial where an identity column would do",
    .why =
        "The sequence behind serial has privileges, ownership and a default of its own that can be "
        "lost one by "
        "one; an identity column is standard SQL and keeps them together.",
    .help = "use GENERATED ALWAYS AS IDENTITY",
    .bad = "CREATE TABLE events (id bigserial PRIMARY KEY);",
    .good = "CREATE TABLE events (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
    .source = "https://wiki.postgresql.org/wiki/Don't_Do_This",
    .squawk = "prefer-identity",
    .step = lint::Check,
};

}  // namespace strata
