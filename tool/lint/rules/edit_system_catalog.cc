#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const sql::RangeVar* target = nullptr;
  if (const auto* insert = As<sql::InsertStmt>(step.tree)) target = insert->relation;
  if (const auto* update = As<sql::UpdateStmt>(step.tree)) target = update->relation;
  if (const auto* remove = As<sql::DeleteStmt>(step.tree)) target = remove->relation;
  if (target == nullptr) return;
  const catalog::Relation* table = step.Find(target);
  const bool system = std::string_view(target->schemaname) == "pg_catalog" ||
                      (table != nullptr && table->oid < catalog::kFirstUserOid &&
                       std::string_view(target->relname).substr(0, 3) == "pg_");
  if (!system) return;
  report->Add(SpanAt(step, target->location),
              "\"" + std::string(target->relname) +
                  "\" is PostgreSQL's own; a wrong row there breaks the database");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_edit_system_catalog;
const Rule kRule_edit_system_catalog = {
    .name = "edit-system-catalog",
    .family = RuleFamily::kRobustness,
    .summary = "rows of the system catalog are changed by hand",
    .why =
        "PostgreSQL checks nothing there and its caches do not notice; dropping an enum value this "
        "way leaves "
        "rows and indexes that nobody can read.",
    .help = "use the command that PostgreSQL has for it, or make the object anew",
    .bad = "DELETE FROM pg_enum WHERE enumlabel = 'sad';",
    .good =
        "CREATE TYPE mood_new AS ENUM ('glad');\n"
        "ALTER TABLE people ALTER COLUMN mood TYPE mood_new USING mood::text::mood_new;",
    .source = "https://www.postgresql.org/docs/15/catalogs-overview.html",
    .step = lint::Check,
};

}  // namespace strata
