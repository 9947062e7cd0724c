#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* alter = As<sql::AlterEnumStmt>(step.tree);
  if (alter == nullptr || !std::string_view(alter->old_val).empty() ||
      !std::string_view(alter->new_val_neighbor).empty())
    return;
  report->Add(SpanOfName(step, alter->new_val),
              "value \"" + std::string(alter->new_val) + "\" sorts after every other");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_enum_value_order;
const Rule kRule_enum_value_order = {
    .name = "enum-value-order",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .once = true,
    .summary = "an enum value is added without BEFORE or AFTER",
    .why = "Enums sort by the order of their values, and the order cannot be changed later.",
    .help = "say where it belongs: BEFORE or AFTER another value",
    .bad = "ALTER TYPE mood ADD VALUE 'content';",
    .good = "ALTER TYPE mood ADD VALUE 'content' BEFORE 'glad';",
    .squawk = "require-enum-value-ordering",
    .step = lint::Check,
};

}  // namespace strata
