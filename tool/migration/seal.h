// strata.lock: what is sealed cannot change unnoticed. See seal.cc for the rules.
//
// Format (UTF-8, LF; a comment line begins with '#'), one line a migration, by version:
//
//     0001 create_users up:<sha256> down:<sha256> verify:<sha256> chain:<16 hex digits>
//
// The version stands as in the file name. A part that the migration does not have is left out;
// hand-written variants add sqlite.up, sqlite.down, sqlite.verify. `chain` is the beginning of the
// SHA-256 of the chain before (empty for the first line), a line feed, and the line up to "
// chain:". So every line answers for all lines above it, and two branches that each add a line
// conflict.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "migration/load.h"

namespace strata {

struct SealedMigration {
  std::uint64_t version = 0;
  std::string digits;  // the version as written
  std::string name;
  std::vector<std::pair<std::string, std::string>> checksums;  // part, SHA-256; in the order above
  Span line;                                                   // in the text it was read from
  bool operator==(const SealedMigration& o) const {
    return version == o.version && name == o.name && checksums == o.checksums;
  }
};

// Reads the text of strata.lock. Appends faults (file "strata.lock") and returns the lines that are
// well formed.
std::vector<SealedMigration> ParseSeal(std::string_view text, Diagnostics* diagnostics);

// Writes it.
std::string PrintSeal(const std::vector<SealedMigration>& sealed);

// The seal of a set as it is.
std::vector<SealedMigration> SealOf(const MigrationSet& set);

// Holds `set` against the folder's strata.lock where it has one: an edited, renamed, deleted or
// inserted migration is an error, a newer one that is not sealed a note (with `require_sealed` an
// error, also where there is no strata.lock).
void CheckSeal(const Folder& folder, const MigrationSet& set, bool require_sealed,
               Diagnostics* diagnostics);

// `seal --rebase`: which files to rename so that every unsealed migration stands above the newest
// sealed one, keeping their order and the folder's style. `now`: seconds since 1970, for folders
// whose versions are timestamps. Names that do not parse are left alone.
struct Rename {
  std::string from, to;
};
std::vector<Rename> PlanRebase(const std::vector<SealedMigration>& sealed,
                               const std::vector<std::string>& files, std::int64_t now);

}  // namespace strata
