#include "sql/load_set.h"

#include <algorithm>

#include "base/diagnostic_text.h"
#include "migration/seal.h"
#include "sql/script.h"

namespace strata::sql {
namespace {

class Analyser {
 public:
  Analyser(const FileDirectives& directives, Diagnostics* diagnostics)
      : directives_(directives), diagnostics_(diagnostics) {}

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
    const auto directives = directives_.find(script->file);
    if (directives != directives_.end()) file.directives = directives->second;
    file.parsed = Parse(script->text);
    Diagnostics found;
    AnalyseScript(&file.parsed, file.directives,
                  script->file.find(".verify.sql") != std::string_view::npos, script, &found);
    Report(*script, direction, std::move(found));
    return file;
  }

  void SqliteFile(OptionalScript* script, Direction direction) {
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

  const FileDirectives& directives_;
  Diagnostics* diagnostics_;
  Migration* migration_ = nullptr;
};

bool HasError(const Diagnostics& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::kError; });
}

// Loads what needs no parser; the seal's diagnostics follow those of the files.
absl::StatusOr<LoadedSet> Load(const std::string& path, Dialect dialect, const LoadOptions& options,
                               Diagnostics* found) {
  ASSIGN_OR_RETURN(Folder folder, LoadFolder(path, dialect, found));
  if (options.check_seal) CheckSeal(folder, folder.set, options.require_sealed, found);
  LoadedSet loaded;
  loaded.set = std::move(folder.set);
  loaded.sources = std::move(folder.sources);
  loaded.directives = std::move(folder.directives);
  return loaded;
}

Migration* Find(MigrationSet& set, std::uint64_t version) {
  const auto at = std::lower_bound(
      set.migrations.begin(), set.migrations.end(), version,
      [](const Migration& migration, std::uint64_t v) { return migration.version < v; });
  return at != set.migrations.end() && at->version == version ? &*at : nullptr;
}

void Append(Diagnostics found, Diagnostics* diagnostics) {
  SortByPlace(&found);
  diagnostics->insert(diagnostics->end(), std::make_move_iterator(found.begin()),
                      std::make_move_iterator(found.end()));
}

}  // namespace

absl::StatusOr<LoadedSet> LoadSet(const std::string& path, Dialect dialect,
                                  const LoadOptions& options, Diagnostics* diagnostics) {
  Diagnostics found;
  ASSIGN_OR_RETURN(LoadedSet loaded, Load(path, dialect, options, &found));
  Analyser analyser(loaded.directives, &found);
  for (Migration& migration : loaded.set.migrations) {
    if (dialect == Dialect::kPostgres) {
      loaded.parsed.push_back(analyser.Postgres(&migration));
    } else {
      analyser.Sqlite(&migration);
    }
  }
  Append(std::move(found), diagnostics);
  return loaded;
}

absl::StatusOr<LoadedSet> OpenSet(const std::string& path, Dialect dialect,
                                  const LoadOptions& options, Diagnostics* diagnostics) {
  Diagnostics found;
  ASSIGN_OR_RETURN(LoadedSet opened, Load(path, dialect, options, &found));
  if (HasError(found)) {
    std::vector<std::uint64_t> all;
    for (const Migration& migration : opened.set.migrations) all.push_back(migration.version);
    ReadScripts(all, &opened, &found);
  }
  Append(std::move(found), diagnostics);
  return opened;
}

void ReadScripts(const std::vector<std::uint64_t>& versions, LoadedSet* opened,
                 Diagnostics* diagnostics) {
  Diagnostics found;
  Analyser analyser(opened->directives, &found);
  for (const std::uint64_t version : versions) {
    if (!opened->read.insert(version).second) continue;
    Migration* migration = Find(opened->set, version);
    if (migration == nullptr) continue;
    if (opened->set.dialect == Dialect::kPostgres) {
      analyser.Postgres(migration);
    } else {
      analyser.Sqlite(migration);
    }
  }
  Append(std::move(found), diagnostics);
}

}  // namespace strata::sql
