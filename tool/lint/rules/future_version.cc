#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const SetView& view, Report* report) {
  if (view.environment.now == 0) return;
  // A day of grace: clocks and time zones differ.
  const std::uint64_t tomorrow = view.environment.now + 1000000;
  for (std::size_t i = view.first; i < view.loaded.set.migrations.size(); ++i) {
    const Migration& migration = view.loaded.set.migrations[i];
    const bool timestamp =
        migration.version >= 19700101000000ull && migration.version < 100000000000000ull;
    if (!timestamp || migration.version <= tomorrow) continue;
    report->Add(migration, migration.up, {0, 0}, "its version is a time in the future");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_future_version;
const Rule kRule_future_version = {
    .name = "future-version",
    .family = RuleFamily::kSet,
    .summary = "a timestamp version in the future",
    .why = "Every migration written until then sorts below it and is out of order from the start.",
    .help = "give it the time at which it was written",
    .bad = "-- 20991231000000_add_users.up.sql",
    .good = "-- 20261122103000_add_users.up.sql",
    .set = lint::Check,
};

}  // namespace strata
