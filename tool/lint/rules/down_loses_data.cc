#include <set>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

// Tables and columns that the up file makes, or names at all: what it moved or replaced counts as
// its own.
struct Made {
  std::set<std::string> tables;
  std::set<std::pair<std::string, std::string>> columns;
};

Made MadeBy(const File& file) {
  Made made;
  for (const Step& step : file.steps) {
    if (const auto* create = As<sql::CreateStmt>(step.tree))
      made.tables.insert(create->relation->relname);
    if (const auto* create = As<sql::CreateTableAsStmt>(step.tree))
      made.tables.insert(create->into->rel->relname);
    for (const NewColumn& c : NewColumns(step.tree))
      made.columns.insert({c.table->relname, c.column->colname});
    const auto* rename = As<sql::RenameStmt>(step.tree);
    if (rename == nullptr || rename->relation == nullptr) continue;
    made.tables.insert(rename->newname);
    made.columns.insert({rename->relation->relname, rename->newname});
  }
  return made;
}

void Check(const File& file, Report* report) {
  const Migration& migration = *file.migration.migration;
  if (!file.migration.down) return;
  const Made made = MadeBy(file);
  Made restored;  // what the down script itself makes or renames before it drops
  for (const sql::ParsedStatement& statement : file.migration.down->parsed.statements) {
    for (const NewColumn& c : NewColumns(statement.tree))
      restored.columns.insert({c.table->relname, c.column->colname});
    if (const auto* create = As<sql::CreateStmt>(statement.tree))
      restored.tables.insert(create->relation->relname);
    if (As<sql::RenameStmt>(statement.tree) != nullptr) return;
    const auto* drop = As<sql::DropStmt>(statement.tree);
    const bool tables = drop != nullptr && drop->remove_type == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE;
    for (const DroppedObject& object :
         tables ? DroppedObjects(drop) : std::vector<DroppedObject>()) {
      const catalog::Relation* before = file.start.FindRelation(object.schema, object.name);
      if (before == nullptr || made.tables.count(object.name) > 0 ||
          restored.tables.count(object.name) > 0)
        continue;
      report->Add(migration, *migration.down, HeadOf(migration.down->text, statement.span),
                  "the down script drops table \"" + object.Words() +
                      "\", which was there before the up script");
    }
    for (const AlterCommand& c :
         AlterCommands(statement.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn)) {
      const sql::RangeVar* table = c.statement->relation;
      const catalog::Relation* before = file.start.FindRelation(table->schemaname, table->relname);
      const std::pair<std::string, std::string> column = {table->relname, c.command->name};
      const bool old =
          before != nullptr && before->FindColumn(std::string(c.command->name)) != nullptr;
      if (!old || made.columns.count(column) > 0 || restored.columns.count(column) > 0) continue;
      report->Add(migration, *migration.down, HeadOf(migration.down->text, statement.span),
                  "the down script drops column \"" + column.second + "\" of table \"" +
                      column.first + "\", which was there before the up script");
    }
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_down_loses_data;
const Rule kRule_down_loses_data = {
    .name = "down-loses-data",
    .family = RuleFamily::kDown,
    .summary = "a down script that drops what its up script did not make",
    .why = "Rolling back then deletes rows that the migration never touched.",
    .help = "undo the up script and no more",
    .bad = "-- up:   ALTER TABLE users ADD COLUMN plan text;\n-- down: DROP TABLE users;",
    .good =
        "-- up:   ALTER TABLE users ADD COLUMN plan text;\n-- down: ALTER TABLE users DROP COLUMN "
        "plan;",
    .file = lint::Check,
};

}  // namespace strata
