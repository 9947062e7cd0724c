#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (TypeWord(c.column->type_name) != "money") continue;
    report->Add(SpanOfName(step, c.column->colname),
                "\"" + std::string(c.column->colname) +
                    "\" is of type money, whose meaning changes with lc_monetary");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_money_type;
const Rule kRule_money_type = {
    .name = "money-type",
    .family = RuleFamily::kDesign,
    .summary = "the type money",
    .why =
        "It stores no currency; what its digits mean, and how many follow the point, depends on "
        "lc_monetary, so "
        "the same dump means other amounts on another server.",
    .help = "use numeric, and a column for the currency",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY, total money);",
    .good = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12, 2), currency text);",
    .source = "https://wiki.postgresql.org/wiki/Don't_Do_This",
    .step = lint::Check,
};

}  // namespace strata
