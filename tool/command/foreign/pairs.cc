// <version>_<name>.up.sql and .down.sql, as Strata has them; sqlx also <version>_<name>.sql, which
// has no way back.
#include <map>

#include "base/files.h"
#include "command/foreign/foreign.h"

namespace strata {
namespace {

bool TakeSuffix(std::string& name, std::string_view suffix) {
  if (name.size() <= suffix.size()) return false;
  if (name.compare(name.size() - suffix.size(), suffix.size(), suffix) != 0) return false;
  name.resize(name.size() - suffix.size());
  return true;
}

}  // namespace

absl::StatusOr<ForeignSet> ReadPairs(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::vector<std::string> files, ListFiles(folder));
  ForeignSet set;
  std::map<std::string, ForeignMigration> by_stem;
  for (const std::string& file : files) {
    std::string stem = file;
    const bool down = TakeSuffix(stem, ".down.sql");
    const bool up = !down && (TakeSuffix(stem, ".up.sql") || TakeSuffix(stem, ".sql"));
    const std::size_t line = stem.find('_');
    if ((!up && !down) || line == std::string::npos || line == 0) {
      set.notes.push_back(file +
                          ": left out, its name is not <version>_<name>.up.sql or .down.sql");
      continue;
    }
    ASSIGN_OR_RETURN(std::string text, ReadFile(JoinPath(folder, file)));
    ForeignMigration& migration = by_stem[stem];
    migration.version = stem.substr(0, line);
    migration.name = stem.substr(line + 1);
    if (text.rfind("-- no-transaction", 0) == 0) migration.no_transaction = true;
    if (down) {
      migration.down = std::move(text);
    } else {
      migration.up = std::move(text);
    }
  }
  for (auto& [stem, migration] : by_stem) set.migrations.push_back(std::move(migration));
  return set;
}

}  // namespace strata
