#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

// Renamed, and a view or table of the old name put in its place by the same file.
bool KeepsOldName(const Step& step, std::string_view name) {
  for (const sql::ParsedStatement& later : step.migration.up.parsed.statements) {
    if (later.span.begin <= step.span().begin) continue;
    if (const auto* view = As<sql::ViewStmt>(later.tree);
        view != nullptr && name == view->view->relname)
      return true;
    if (const auto* table = As<sql::CreateStmt>(later.tree);
        table != nullptr && name == table->relation->relname)
      return true;
    const auto* rename = As<sql::RenameStmt>(later.tree);
    if (rename != nullptr && rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE &&
        name == rename->newname)
      return true;
  }
  return false;
}

void Check(const Step& step, Report* report) {
  const auto* rename = As<sql::RenameStmt>(step.tree);
  if (rename == nullptr || rename->rename_type != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) return;
  const catalog::Relation* table = step.Find(rename->relation);
  if (table == nullptr ? rename->missing_ok : !step.InProduction(table)) return;
  if (table != nullptr && table->kind == catalog::RelationKind::kIndex) return;
  if (KeepsOldName(step, rename->relation->relname)) return;
  Found& found = report->Add(SpanAt(step, rename->relation->location),
                             "renaming table \"" + NameOf(rename->relation) + "\" to \"" +
                                 rename->newname + "\" breaks code that still uses the old name");
  if (table != nullptr) found.about = table->oid;
}

void CheckSqlite(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"ALTER", "TABLE"})) return;
  const std::size_t rename = FindWord(step, "RENAME");
  if (rename == std::string::npos || !HasWords(step, rename + 1, {"TO"})) return;
  const std::string table = TableNameAt(step, 2);
  if (step.tables.count(table) == 0) return;
  for (const Statement& later : step.migration.up.statements) {
    SqliteStep other{
        step.text,   {later.begin, later.end}, {}, {}, true, step.migration, step.earlier,
        step.tables, step.environment};
    FillWords(&other);
    if (HasWords(other, 0, {"CREATE", "TABLE"}) && TableNameAt(other, 2) == table) return;
  }
  report->Add(HeadOf(step.text, step.span),
              "renaming table \"" + table + "\" breaks code that still uses the old name");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_rename_table;
const Rule kRule_rename_table = {
    .name = "rename-table",
    .family = RuleFamily::kCompatibility,
    .summary = "a table is renamed",
    .why =
        "Code that runs while the migration is rolled out knows one of the two names only: either "
        "the old "
        "release or the new one fails.",
    .blocks = "reads and writes of the table, for a moment",
    .help =
        "put a view of the old name in its place in the same migration, and drop it a release "
        "later",
    .bad = "ALTER TABLE users RENAME TO accounts;",
    .good =
        "ALTER TABLE users RENAME TO accounts;\n"
        "CREATE VIEW users AS SELECT * FROM accounts;  -- simple enough to be written through",
    .source = "https://www.postgresql.org/docs/15/sql-createview.html",
    .squawk = "renaming-table",
    .atlas = "BC101",
    .strong_migrations = "rename_table",
    .step = lint::Check,
    .sqlite = lint::CheckSqlite,
};

}  // namespace strata
