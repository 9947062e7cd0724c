#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const SetView& view, Report* report) {
  const std::vector<Migration>& migrations = view.loaded.set.migrations;
  for (std::size_t i = std::max<std::size_t>(view.first, 1); i < migrations.size(); ++i) {
    const Migration& migration = migrations[i];
    const int statements = static_cast<int>(migration.up.statements.size());
    if (statements > view.environment.max_statements) {
      report->Add(migration, migration.up, {0, 0},
                  "the file holds " + std::to_string(statements) + " statements");
    } else if (static_cast<int>(migration.up.text.size()) > view.environment.max_bytes) {
      report->Add(migration, migration.up, {0, 0},
                  "the file holds " + std::to_string(migration.up.text.size() >> 10) + " KiB");
    }
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_large_migration;
const Rule kRule_large_migration = {
    .name = "large-migration",
    .family = RuleFamily::kSet,
    .level = RuleLevel::kNote,
    .summary = "a migration of very many statements or bytes",
    .why =
        "All its locks are held until the last statement is done, it cannot be reviewed, and when "
        "it fails all "
        "of it is undone. The first migration of a set, which creates everything, is no finding.",
    .help = "split it into migrations of one change each",
    .bad = "-- a file of 500 ALTER TABLEs",
    .good = "-- one change a migration",
    .set = lint::Check,
};

}  // namespace strata
