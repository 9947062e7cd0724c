// Folder -> a fully analysed migration set, with the trees kept, so that nothing is parsed twice.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "migration/load.h"
#include "sql/parse.h"

namespace strata::sql {

// A script of a postgres set with its trees. `script` points into LoadedSet::set.
struct ParsedFile {
  const Script* script = nullptr;
  ParsedScript parsed;  // parsed.statements[i] is script->statements[i]
  std::vector<Directive> directives;
};

struct ParsedMigration {
  const Migration* migration = nullptr;
  ParsedFile up;
  std::optional<ParsedFile> down;
  std::optional<ParsedFile> verify;
};

struct LoadOptions {
  bool check_seal = true;       // hold the files against strata.lock where there is one
  bool require_sealed = false;  // a migration that is not sealed is an error, not a note
};

// Movable (the pointers inside stay good), not copyable.
struct LoadedSet {
  MigrationSet set;
  // One for each of set.migrations, in the same order; empty for the sqlite dialect, whose scripts
  // have statements and flags but no trees.
  std::vector<ParsedMigration> parsed;
  Sources sources;
};

// Loads and analyses `folder`. Appends every fault of the files (classes integrity and reject),
// sorted by place; with errors the set holds what could be made out of the rest.
// Errors: the folder does not exist or cannot be listed.
absl::StatusOr<LoadedSet> LoadSet(const std::string& folder, Dialect dialect,
                                  const LoadOptions& options, Diagnostics* diagnostics);

inline absl::StatusOr<LoadedSet> LoadSet(const std::string& folder, Dialect dialect,
                                         Diagnostics* diagnostics) {
  return LoadSet(folder, dialect, LoadOptions(), diagnostics);
}

}  // namespace strata::sql
