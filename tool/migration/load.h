// Folder -> migration set, as far as it goes without a parser: names, pairs, bytes, directives,
// checksums. Statements and transaction modes are filled in by sql/load_set.h.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/sources.h"
#include "base/status.h"
#include "migration/directive.h"
#include "strata/migration_set.h"

namespace strata {

// By file name; files without any are left out.
using FileDirectives = std::map<std::string, std::vector<Directive>, std::less<>>;

struct Folder {
  MigrationSet set;  // the scripts have no statements yet
  FileDirectives directives;
  Sources sources;
  std::vector<std::string> files;  // every *.sql, sorted by name
  std::string seal;                // the text of strata.lock
  bool has_seal = false;
  std::set<std::string, std::less<>>
      unreadable;  // no file, not UTF-8, a NUL byte: not worth parsing
};

// Reads every *.sql of `folder` and appends every fault found (class integrity) to `diagnostics`;
// the set then holds what could be made out of the rest. Other files and folders are left alone.
// Errors: the folder does not exist or cannot be listed.
absl::StatusOr<Folder> LoadFolder(const std::string& folder, Dialect dialect,
                                  Diagnostics* diagnostics);

}  // namespace strata
