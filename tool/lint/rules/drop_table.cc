#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

// A table that is moved away first, or made again in the same file, is replaced, not lost.
bool IsReplaced(const Step& step, const DroppedObject& table) {
  for (const sql::ParsedStatement& later : step.migration.up.parsed.statements) {
    if (later.span.begin <= step.span().begin) continue;
    const auto* create = As<sql::CreateStmt>(later.tree);
    if (create != nullptr && table.name == create->relation->relname) return true;
    const auto* rename = As<sql::RenameStmt>(later.tree);
    const bool renames =
        rename != nullptr && rename->rename_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
    if (renames && table.name == rename->newname) return true;
  }
  return false;
}

void Check(const Step& step, Report* report) {
  const auto* drop = As<sql::DropStmt>(step.tree);
  if (drop == nullptr || drop->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) return;
  std::vector<std::string> names;
  for (const DroppedObject& object : DroppedObjects(drop)) {
    const catalog::Relation* table = step.before.FindRelation(object.schema, object.name);
    const bool missing_is_fine = table == nullptr && drop->missing_ok;
    if (missing_is_fine || (table != nullptr && !step.InProduction(table))) continue;
    if (!IsReplaced(step, object)) names.push_back(object.Words());
  }
  if (names.empty()) return;
  report->Add(SpanOfName(step, names[0].substr(names[0].find('.') + 1)),
              (names.size() > 1 ? "dropping tables " : "dropping table ") + QuotedList(names) +
                  " deletes its rows for good");
}

void CheckSqlite(const SqliteStep& step, Report* report) {
  if (!HasWords(step, 0, {"DROP", "TABLE"})) return;
  const std::string name = TableNameAt(step, 2);
  const std::size_t rename = step.migration.up.text.find("RENAME TO " + name, step.span.end);
  if (rename != std::string_view::npos || step.tables.count(name) == 0) return;
  for (const SqliteStep& earlier : step.earlier) {
    const std::size_t to = FindWord(earlier, "RENAME");
    if (to != std::string::npos && HasWords(earlier, to + 1, {"TO"}) &&
        TableNameAt(earlier, to + 2) == name)
      return;
  }
  for (const Statement& later : step.migration.up.statements) {
    if (later.begin <= step.span.begin) continue;
    SqliteStep next{
        step.text,   {later.begin, later.end}, {}, {}, true, step.migration, step.earlier,
        step.tables, step.environment};
    FillWords(&next);
    const std::size_t to = FindWord(next, "RENAME");
    if (to != std::string::npos && HasWords(next, to + 1, {"TO"}) &&
        TableNameAt(next, to + 2) == name)
      return;
  }
  report->Add(HeadOf(step.text, step.span),
              "dropping table \"" + name + "\" deletes its rows for good");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_table;
const Rule kRule_drop_table = {
    .name = "drop-table",
    .family = RuleFamily::kDestructive,
    .summary = "a table with its rows is dropped",
    .why =
        "The rows are gone, and code that still runs fails on every query that names the table. A "
        "down "
        "script brings back the table, never its rows.",
    .blocks = "reads and writes of the table, and of the tables it refers to, for a moment",
    .help = "stop using the table first, keep a copy, then drop it in a migration of its own",
    .bad = "DROP TABLE invoices;",
    .good =
        "-- release 1: code no longer reads or writes invoices\n"
        "-- release 2, with a copy kept:\n"
        "-- strata: allow drop-table \"copied to the archive on 2026-11-01\"\n"
        "DROP TABLE invoices;",
    .source = "https://www.postgresql.org/docs/15/sql-droptable.html",
    .squawk = "ban-drop-table",
    .atlas = "DS102",
    .step = lint::Check,
    .sqlite = lint::CheckSqlite,
};

}  // namespace strata
