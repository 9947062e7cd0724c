#include "sql/load_set.h"

#include "base/diagnostic_text.h"
#include "migration/seal.h"
#include "sql/script.h"

namespace strata::sql {
namespace {

class Analyser {
 public:
  Analyser(const Folder& folder, Diagnostics* diagnostics)
      : folder_(folder), diagnostics_(diagnostics) {}

  ParsedMigration Postgres(Migration* migration) {
    migration_ = migration;
    ParsedMigration parsed;
    parsed.migration = migration;
    parsed.up = ParseFile(&migration->up, Direction::kUp);
    if (migration->down) parsed.down = ParseFile(&*migration->down, Direction::kDown);
    if (migration->verify) parsed.verify = ParseFile(&*migration->verify, Direction::kUp);
    SqliteFile(&migration->sqlite_up, Direction::kUp);
    SqliteFile(&migration->sqlite_down, Direction::kDown);
    SqliteFile(&migration->sqlite_verify, Direction::kUp);
    return parsed;
  }

  void Sqlite(Migration* migration) {
    migration_ = migration;
    SqliteScript(&migration->up, Direction::kUp, /*is_verify=*/false);
    if (migration->down) SqliteScript(&*migration->down, Direction::kDown, /*is_verify=*/false);
    if (migration->verify) SqliteScript(&*migration->verify, Direction::kUp, /*is_verify=*/true);
  }

 private:
  ParsedFile ParseFile(Script* script, Direction direction) {
    ParsedFile file;
    file.script = script;
    const auto directives = folder_.directives.find(script->file);
    if (directives != folder_.directives.end()) file.directives = directives->second;
    file.parsed = Parse(script->text);
    Diagnostics found;
    AnalyseScript(&file.parsed, file.directives,
                  script->file.find(".verify.sql") != std::string_view::npos, script, &found);
    Report(*script, direction, std::move(found));
    return file;
  }

  void SqliteFile(std::optional<Script>* script, Direction direction) {
    if (*script) SqliteScript(&**script, direction, script == &migration_->sqlite_verify);
  }

  void SqliteScript(Script* script, Direction direction, bool is_verify) {
    Diagnostics found;
    AnalyseSqliteScript(is_verify, script, &found);
    Report(*script, direction, std::move(found));
  }

  void Report(const Script& script, Direction direction, Diagnostics found) {
    for (Diagnostic& d : found) {
      d.file = std::string(script.file);
      d.migration = migration_->version;
      d.direction = direction;
      diagnostics_->push_back(std::move(d));
    }
  }

  const Folder& folder_;
  Diagnostics* diagnostics_;
  Migration* migration_ = nullptr;
};

}  // namespace

absl::StatusOr<LoadedSet> LoadSet(const std::string& path, Dialect dialect,
                                  const LoadOptions& options, Diagnostics* diagnostics) {
  Diagnostics found;
  ASSIGN_OR_RETURN(Folder folder, LoadFolder(path, dialect, &found));
  LoadedSet loaded;
  loaded.set = std::move(folder.set);
  Analyser analyser(folder, &found);
  for (Migration& migration : loaded.set.migrations) {
    if (dialect == Dialect::kPostgres) {
      loaded.parsed.push_back(analyser.Postgres(&migration));
    } else {
      analyser.Sqlite(&migration);
    }
  }
  if (options.check_seal) CheckSeal(folder, loaded.set, options.require_sealed, &found);
  loaded.sources = std::move(folder.sources);
  SortByPlace(&found);
  diagnostics->insert(diagnostics->end(), found.begin(), found.end());
  return loaded;
}

}  // namespace strata::sql
