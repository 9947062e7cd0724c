#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* create = As<sql::CreateEnumStmt>(step.tree);
  if (create == nullptr) return;
  report->Add(HeadOf(step.text, step.span()),
              "a value of enum \"" + LastName(Each(create->n_type_name, create->type_name)) +
                  "\" can be added but never dropped");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_create_enum;
const Rule kRule_create_enum = {
    .name = "create-enum",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .once = true,
    .summary = "an enum is created",
    .why =
        "Values cannot be dropped, and their order is fixed; changing either means a new type and "
        "a rewrite of "
        "every table that uses it.",
    .help = "use a table of values with a foreign key, or text with a CHECK",
    .bad = "CREATE TYPE mood AS ENUM ('sad', 'glad');",
    .good = "CREATE TABLE moods (name text PRIMARY KEY);",
    .eugene = "W13",
    .step = lint::Check,
};

}  // namespace strata
