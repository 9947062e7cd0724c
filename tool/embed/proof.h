// What one build leaves for the next: which migrations need no second round trip.
//
// Whether a migration's down and verify scripts are right follows from its own files, from those
// before it, from the tool and its options, and from nothing else. So a migration that was found
// right is not tried again as long as it and all before it are the same, byte for byte; its
// translation for SQLite is taken from the blob. (Its up is applied again: what comes after it
// needs the schema.) Beside the blob lies the file `proof`:
//
//   the key         any lines, which name the tool, its options and its configuration
//   the blob        one line: path, size and modification time
//   a migration     one line each: version, the letters of its files (u, d, v and, as written by
//                   hand for SQLite, U, D, V), and "proved" or "open"
//
// A proof of another key or another blob, or one that cannot be read, proves nothing.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/status.h"
#include "strata/migration_set.h"

namespace strata::embed {

// By index of the set's migrations.
using Proved = std::vector<bool>;

class Proof {
 public:
  // `path`: the proof's file. REQUIRES: the set has been loaded and not been translated.
  Proof(std::string path, std::string blob_path, std::string key, const MigrationSet& set);

  // Returns which migrations need no round trip, and gives them their translations.
  Proved Read(MigrationSet* set) const;

  // Writes the proof of a set whose blob has been written. `found`: what its check has found.
  absl::Status Write(const MigrationSet& set, const Diagnostics& found) const;

 private:
  std::string path_, blob_path_, key_;
  std::vector<std::string> files_;  // the letters of each migration
};

}  // namespace strata::embed
