// A folder a migration, with up.sql and down.sql: diesel's layout.
#include <dirent.h>

#include <algorithm>

#include "base/files.h"
#include "command/foreign/foreign.h"

namespace strata {
namespace {

// The names in `folder` that are folders themselves, sorted.
std::vector<std::string> Folders(const std::string& folder) {
  std::vector<std::string> names;
  DIR* dir = opendir(folder.c_str());
  if (dir == nullptr) return names;
  while (const dirent* entry = readdir(dir)) {
    const std::string name = entry->d_name;
    if (name[0] != '.' && ListFiles(JoinPath(folder, name)).ok()) names.push_back(name);
  }
  closedir(dir);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

absl::StatusOr<ForeignSet> ReadFolders(const std::string& folder) {
  RETURN_IF_ERROR(ListFiles(folder).status());
  ForeignSet set;
  for (const std::string& name : Folders(folder)) {
    const std::string path = JoinPath(folder, name);
    absl::StatusOr<std::string> up = ReadFile(JoinPath(path, "up.sql"));
    const std::size_t line = name.find('_');
    if (absl::IsNotFound(up.status()) || line == std::string::npos || line == 0) {
      set.notes.push_back(name + ": left out, it is not <version>_<name> with an up.sql in it");
      continue;
    }
    if (!up.ok()) return up.status();
    ForeignMigration migration;
    migration.version = name.substr(0, line);
    migration.name = name.substr(line + 1);
    migration.up = *std::move(up);
    absl::StatusOr<std::string> down = ReadFile(JoinPath(path, "down.sql"));
    if (down.ok()) migration.down = *std::move(down);
    absl::StatusOr<std::string> metadata = ReadFile(JoinPath(path, "metadata.toml"));
    migration.no_transaction =
        metadata.ok() && metadata->find("run_in_transaction = false") != std::string::npos;
    set.migrations.push_back(std::move(migration));
  }
  return set;
}

}  // namespace strata
