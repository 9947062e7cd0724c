#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

bool IsTimestamp(std::uint64_t version) { return version >= 19700101000000ull; }

void Check(const SetView& view, Report* report) {
  const std::vector<Migration>& migrations = view.loaded.set.migrations;
  for (std::size_t i = std::max<std::size_t>(view.first, 1); i < migrations.size(); ++i) {
    if (!IsTimestamp(migrations[i].version) || IsTimestamp(migrations[i - 1].version)) continue;
    if (migrations[i - 1].version == 0) continue;
    report->Add(migrations[i], migrations[i].up, {0, 0},
                "the folder counts up to " + std::to_string(migrations[i - 1].version) +
                    " and goes on with timestamps");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_mixed_versions;
const Rule kRule_mixed_versions = {
    .name = "mixed-versions",
    .family = RuleFamily::kSet,
    .level = RuleLevel::kNote,
    .summary = "sequence and timestamp versions in one folder",
    .why = "From then on a new file of the other kind sorts below everything that is applied.",
    .help = "stay with one of the two (strata new follows the newest)",
    .bad = "-- 0001_a, 20261122103000_b",
    .good = "-- 0001_a, 0002_b",
    .set = lint::Check,
};

}  // namespace strata
