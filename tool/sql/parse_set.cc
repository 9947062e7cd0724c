#include "sql/parse_set.h"

#include <string>
#include <utility>

#include "sql/script.h"

namespace strata::sql {
namespace {

ParsedFile ParseScript(Script* script, ScriptHome home) {
  ParsedFile file;
  Diagnostics unused;
  file.script = script;
  file.directives = ReadDirectives(script->text, Dialect::kPostgres, home, &unused);
  file.parsed = Parse(script->text);
  script->statements.clear();
  AnalyseScript(&file.parsed, file.directives, home == ScriptHome::kVerify, script, &unused);
  return file;
}

}  // namespace

LoadedSet ParseSet(const MigrationSet& set) {
  LoadedSet loaded;
  loaded.set = set;
  for (Migration& migration : loaded.set.migrations) {
    for (const Script* script : {&migration.up, migration.down ? &*migration.down : nullptr,
                                 migration.verify ? &*migration.verify : nullptr}) {
      if (script != nullptr) loaded.sources.texts[std::string(script->file)] = script->text;
    }
    if (set.dialect == Dialect::kSqlite) continue;
    ParsedMigration parsed;
    parsed.migration = &migration;
    parsed.up = ParseScript(&migration.up, ScriptHome::kUp);
    if (migration.down) parsed.down = ParseScript(&*migration.down, ScriptHome::kDown);
    if (migration.verify) parsed.verify = ParseScript(&*migration.verify, ScriptHome::kVerify);
    loaded.parsed.push_back(std::move(parsed));
  }
  return loaded;
}

}  // namespace strata::sql
