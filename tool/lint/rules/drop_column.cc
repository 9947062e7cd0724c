#include "lint/match.h"
#include "lint/sqlite_words.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  std::vector<std::string> names;
  const sql::RangeVar* table = nullptr;
  for (const AlterCommand& c :
       AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn)) {
    table = c.statement->relation;
    if (!step.InProduction(table)) return;
    const catalog::Relation* known = step.known.FindRelation(table->schemaname, table->relname);
    const bool new_here =
        known != nullptr && known->FindColumn(std::string(c.command->name)) == nullptr;
    if (!new_here) names.emplace_back(c.command->name);
  }
  if (names.empty()) return;
  Found& found = report->Add(SpanOfName(step, names[0]),
                             (names.size() > 1 ? "dropping columns " : "dropping column ") +
                                 QuotedList(names) + " of table \"" + NameOf(table) +
                                 "\" loses their values and breaks code that names it");
  if (names.size() == 1) {
    found.message = "dropping column \"" + names[0] + "\" of table \"" + NameOf(table) +
                    "\" loses its values and breaks code that names it";
  }
  if (const catalog::Relation* relation = step.Find(table)) found.about = relation->oid;
}

void CheckSqlite(const SqliteStep& step, Report* report) {
  const std::size_t drop = FindWord(step, "DROP");
  if (!HasWords(step, 0, {"ALTER", "TABLE"}) || drop == std::string::npos) return;
  const std::size_t name = HasWords(step, drop + 1, {"COLUMN"}) ? drop + 2 : drop + 1;
  if (name >= step.names.size()) return;
  report->Add(HeadOf(step.text, step.span),
              "dropping column \"" + step.names[name] +
                  "\" loses its values and breaks code that names it");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_column;
const Rule kRule_drop_column = {
    .name = "drop-column",
    .family = RuleFamily::kDestructive,
    .summary = "a column with its values is dropped",
    .why =
        "The values are gone, and code that still runs fails: an object-relational mapper that "
        "cached the "
        "columns names them in every INSERT and SELECT.",
    .blocks = "reads and writes of the table, for a moment",
    .help = "release code that no longer names the column, then drop it in a later migration",
    .bad = "ALTER TABLE users DROP COLUMN nickname;",
    .good =
        "-- release 1: code no longer names users.nickname\n"
        "-- release 2:\n"
        "-- strata: allow drop-column \"no code has named it since 4.2\"\n"
        "ALTER TABLE users DROP COLUMN nickname;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .squawk = "ban-drop-column",
    .atlas = "DS103",
    .strong_migrations = "remove_column",
    .step = lint::Check,
    .sqlite = lint::CheckSqlite,
};

}  // namespace strata
