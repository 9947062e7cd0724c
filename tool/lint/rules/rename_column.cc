#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* rename = As<sql::RenameStmt>(step.tree);
  if (rename == nullptr || rename->rename_type != PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN ||
      rename->relation == nullptr)
    return;
  const catalog::Relation* table = step.Find(rename->relation);
  if (table == nullptr ? rename->missing_ok : !step.InProduction(table)) return;
  const catalog::Relation* known = table == nullptr ? nullptr : step.known.relation(table->oid);
  if (known != nullptr && known->FindColumn(std::string(rename->subname)) == nullptr) return;
  Found& found =
      report->Add(SpanOfName(step, rename->subname),
                  "renaming column \"" + std::string(rename->subname) + "\" of table \"" +
                      NameOf(rename->relation) + "\" breaks code that still uses the old name");
  if (table != nullptr) found.about = table->oid;
}

void CheckSqlite(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"ALTER", "TABLE"})) return;
  const std::size_t rename = FindWord(step, "RENAME");
  if (rename == std::string::npos || HasWords(step, rename + 1, {"TO"})) return;
  const std::size_t name = HasWords(step, rename + 1, {"COLUMN"}) ? rename + 2 : rename + 1;
  if (name >= step.names.size()) return;
  report->Add(HeadOf(step.text, step.span), "renaming column \"" + step.names[name] +
                                                "\" breaks code that still uses the old name");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_rename_column;
const Rule kRule_rename_column = {
    .name = "rename-column",
    .family = RuleFamily::kCompatibility,
    .summary = "a column is renamed",
    .why =
        "Code that runs while the migration is rolled out knows one of the two names only: either "
        "the old "
        "release or the new one fails.",
    .blocks = "reads and writes of the table, for a moment",
    .help =
        "add a column of the new name, write both, backfill, read the new one, then drop the old "
        "one",
    .bad = "ALTER TABLE users RENAME COLUMN name TO full_name;",
    .good =
        "ALTER TABLE users ADD COLUMN full_name text;\n"
        "-- code writes both; then a backfill in batches; then code reads full_name;\n"
        "-- a later migration drops name",
    .squawk = "renaming-column",
    .atlas = "BC102",
    .strong_migrations = "rename_column",
    .step = lint::Check,
    .sqlite = lint::CheckSqlite,
};

}  // namespace strata
