#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  std::vector<std::string> names;
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (TypeWord(c.column->type_name) == "bpchar") names.emplace_back(c.column->colname);
  }
  if (names.empty()) return;
  report->Add(SpanOfName(step, names[0]), QuotedList(names) + (names.size() > 1 ? " are" : " is") +
                                              " of type char(n), which pads with blanks");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_char_type;
const Rule kRule_char_type = {
    .name = "char-type",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .summary = "char(n)",
    .why =
        "Values are padded with blanks that some comparisons ignore and others do not; it is "
        "neither smaller "
        "nor faster than text.",
    .help = "use text, with a CHECK on its length where that matters",
    .bad = "CREATE TABLE countries (code char(2) PRIMARY KEY);",
    .good =
        "CREATE TABLE countries (code text PRIMARY KEY CONSTRAINT countries_code_length CHECK "
        "(length(code) = 2));",
    .source = "https://wiki.postgresql.org/wiki/Don't_Do_This",
    .squawk = "ban-char-field",
    .step = lint::Check,
};

}  // namespace strata
