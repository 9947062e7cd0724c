// A baseline: a migration that stands for older ones, which are no longer in the set. Above its
// first statement it names each of them, in order, with the checksum of its up file (64 digits):
//
//     -- strata: replaces 0001_create_users 5f70bf18…3c6ef
//
// Its own version is that of the newest of them. A baseline may
// itself be replaced: its line then stands below the lines of what it replaced, with a version
// that was there before.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "migration/history.h"
#include "strata/migration_set.h"

namespace strata {

struct Replaced {
  std::uint64_t version = 0;
  std::string_view label;     // "0001_create_users"
  std::string_view name;      // "create_users"
  std::string_view checksum;  // of the up file
};

// Reads the arguments of one directive; false: not of that form.
bool ParseReplaced(std::string_view arguments, Replaced* replaced);

// What an up file says that it replaces, in the file's order; the views point into `up`.
std::vector<Replaced> ReplacedBy(std::string_view up);

// The set's oldest migration where it is a baseline, else null.
const Migration* Baseline(const MigrationSet& set);

// Whether the row is of a migration that the set's baseline replaces, and not of the baseline.
bool IsReplaced(const MigrationSet& set, const HistoryRow& row);

// The row's migration as one of the lines writes it; else version and name.
std::string LabelAmong(const std::vector<Replaced>& replaced, const HistoryRow& row);

// The history as the set sees it: where its rows up to the set's baseline are exactly those of what
// the baseline replaces, one row of the baseline stands for them, with the newest one's time and
// user. Without a baseline, or with an empty history, it is the history itself.
// Errors: kFailedPrecondition where they are only some of them, or others: what it has, and what to
// do.
absl::StatusOr<History> UnderBaseline(const MigrationSet& set, const History& history);

}  // namespace strata
