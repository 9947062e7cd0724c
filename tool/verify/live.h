// The proof on a real database: every migration up, down and up again, the schema compared each
// time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "strata/strata.h"

namespace strata::verify {

enum class LiveResult { kOk, kIrreversible, kDiffers, kUpFailed, kDownFailed, kUpAgainFailed };

struct LiveRoundtrip {
  std::uint64_t migration = 0;
  LiveResult result = LiveResult::kOk;
  std::vector<std::string>
      differences;         // kDiffers: what the down did not undo, or the second up not redo
  bool after_down = true;  // kDiffers: which of the two
  std::optional<Failure> failure;  // where the database said where
  std::string message;             // of what failed
  bool last = false;               // the database is in no state to go on with
};

// Runs `set` on the empty database `url`, one migration after the other; with `only`, the ones
// below that version are just applied, and the ones above left. Calls `progress` after each result,
// the last of which has `last` set where migrations are left that could not be tried. Errors: the
// database cannot be reached or read.
absl::StatusOr<std::vector<LiveRoundtrip>> RunLive(
    const MigrationSet& set, const std::string& url, std::optional<std::uint64_t> only,
    const std::function<void(const LiveRoundtrip&)>& progress);

}  // namespace strata::verify
