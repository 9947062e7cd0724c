#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool IsTimestamp(std::uint64_t version) { return version >= 19700101000000ull; }

void Check(const SetView& view, Report* report) {
  const std::vector<Migration>& migrations = view.loaded.set.migrations;
  for (std::size_t i = std::max<std::size_t>(view.first, 1); i < migrations.size(); ++i) {
    const std::uint64_t before = migrations[i - 1].version, version = migrations[i].version;
    if (IsTimestamp(version) || version == before + 1) continue;
    // Sets that count in steps of ten, or by date, have no gaps that mean anything.
    if (before >= 1000 * 1000 || (version % 10 == 0 && before % 10 == 0)) continue;
    const std::string first = std::to_string(before + 1), last = std::to_string(version - 1);
    report->Add(migrations[i], migrations[i].up, {0, 0},
                first == last ? "version " + first + " is missing before it"
                              : "versions " + first + " to " + last + " are missing before it");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_version_gap;
const Rule kRule_version_gap = {
    .name = "version-gap",
    .family = RuleFamily::kSet,
    .level = RuleLevel::kNote,
    .summary = "a gap in a sequence of versions",
    .why =
        "A file may have been left out of the commit; whoever fills the gap later adds a migration "
        "below those "
        "that are applied.",
    .help = "add the missing file, or renumber what is not applied yet",
    .bad = "-- 0001_a, 0002_b, 0004_d",
    .good = "-- 0001_a, 0002_b, 0003_c, 0004_d",
    .set = lint::Check,
};

}  // namespace strata
