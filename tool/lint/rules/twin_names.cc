#include <map>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const SetView& view, Report* report) {
  std::map<std::string_view, const Migration*> seen;
  for (std::size_t i = 0; i < view.loaded.set.migrations.size(); ++i) {
    const Migration& migration = view.loaded.set.migrations[i];
    const auto [found, is_new] = seen.emplace(migration.name, &migration);
    if (is_new || i < view.first) continue;
    report->Add(migration, migration.up, {0, 0},
                "it has the name of \"" + std::string(found->second->up.file) + "\"");
    found->second = &migration;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_twin_names;
const Rule kRule_twin_names = {
    .name = "twin-names",
    .family = RuleFamily::kSet,
    .level = RuleLevel::kNote,
    .summary = "two migrations of the same name",
    .why =
        "In a log or a review the one is taken for the other; often the second is a copy that was "
        "meant to be "
        "changed.",
    .help = "name it after what it changes",
    .bad = "-- 0004_add_index, 0007_add_index",
    .good = "-- 0004_index_orders_by_user, 0007_index_orders_by_day",
    .set = lint::Check,
};

}  // namespace strata
