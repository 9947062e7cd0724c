// Folder -> a fully analysed migration set, with the trees kept, so that nothing is parsed twice;
// or, for a run, a set whose scripts are read one migration at a time, when they are about to run.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
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
  FileDirectives directives;
  // Versions whose scripts have their statements; only of a set that OpenSet made.
  std::set<std::uint64_t> read;
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

// As LoadSet, but no script has statements and no tree is kept: names, pairs, bytes, directives,
// checksums and the seal are all that is looked at. Where they are faulty already, every script is
// read too, so that one look shows all faults.
absl::StatusOr<LoadedSet> OpenSet(const std::string& folder, Dialect dialect,
                                  const LoadOptions& options, Diagnostics* diagnostics);

// Fills in the statements, flags and transaction modes of these migrations' scripts, once, and
// appends their faults, sorted by place. REQUIRES: `opened` is OpenSet's.
void ReadScripts(const std::vector<std::uint64_t>& versions, LoadedSet* opened,
                 Diagnostics* diagnostics);

}  // namespace strata::sql
