#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* alter = As<sql::AlterEnumStmt>(step.tree);
  if (alter == nullptr || std::string_view(alter->old_val).empty()) return;
  const std::string name = LastName(Each(alter->n_type_name, alter->type_name));
  const std::vector<std::string> parts = Names(Each(alter->n_type_name, alter->type_name));
  const catalog::Type* type = step.before.FindType(parts.size() > 1 ? parts[0] : "", name);
  if (type != nullptr && step.known.type(type->oid) == nullptr) return;
  report->Add(SpanOfName(step, alter->old_val), "renaming value \"" + std::string(alter->old_val) +
                                                    "\" of enum \"" + name +
                                                    "\" breaks code that still uses it");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_rename_enum_value;
const Rule kRule_rename_enum_value = {
    .name = "rename-enum-value",
    .family = RuleFamily::kCompatibility,
    .summary = "a value of an enum is renamed",
    .why = "Stored rows show the new word at once: code that reads or writes the old one fails.",
    .help = "add the new value, let code accept both, change the rows in batches",
    .bad = "ALTER TYPE mood RENAME VALUE 'glad' TO 'happy';",
    .good = "ALTER TYPE mood ADD VALUE 'happy' BEFORE 'glad';",
    .source = "https://www.postgresql.org/docs/15/sql-altertype.html",
    .strong_migrations = "rename_enum_value",
    .step = lint::Check,
};

}  // namespace strata
