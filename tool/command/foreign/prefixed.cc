// V<version>__<name>.sql, and U… for the way back: Flyway's names, and refinery's.
#include <map>

#include "base/files.h"
#include "command/foreign/foreign.h"

namespace strata {

absl::StatusOr<ForeignSet> ReadPrefixed(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  ForeignSet set;
  std::map<std::string, ForeignMigration> by_version;
  for (const std::string& file : files) {
    const std::size_t line = file.find("__");
    const bool sql = file.size() > 4 && file.compare(file.size() - 4, 4, ".sql") == 0;
    const char kind = file[0];
    if (sql && kind == 'R') {
      set.notes.push_back(file + ": left out, a repeatable migration has no version; put what it " +
                          "says into a migration of its own");
      continue;
    }
    if (!sql || line == std::string::npos || line < 2 || (kind != 'V' && kind != 'U')) {
      set.notes.push_back(file + ": left out, its name is not V<version>__<name>.sql");
      continue;
    }
    ASSIGN_OR_RETURN(std::string text, ReadFile(JoinPath(folder, file)));
    ForeignMigration& migration = by_version[file.substr(1, line - 1)];
    migration.version = file.substr(1, line - 1);
    if (kind == 'U') {
      migration.down = std::move(text);
    } else {
      migration.name = file.substr(line + 2, file.size() - line - 6);
      migration.up = std::move(text);
    }
  }
  for (auto& [version, migration] : by_version) set.migrations.push_back(std::move(migration));
  return set;
}

}  // namespace strata
