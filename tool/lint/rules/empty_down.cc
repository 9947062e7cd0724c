#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const File& file, Report* report) {
  const Migration& migration = *file.migration.migration;
  if (!migration.down || !migration.down->statements.empty() || migration.up.statements.empty())
    return;
  // Where the model sees no change there is nothing to undo; rows may have changed all the same.
  for (const Step& step : file.steps) {
    const bool keeps = As<sql::SelectStmt>(step.tree) != nullptr ||
                       As<sql::VariableSetStmt>(step.tree) != nullptr ||
                       As<sql::VacuumStmt>(step.tree) != nullptr ||
                       As<sql::ReindexStmt>(step.tree) != nullptr;
    if (keeps) continue;
    report->Add(migration, *migration.down, {0, 0},
                "the down script is empty although the up script changes something");
    return;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_empty_down;
const Rule kRule_empty_down = {
    .name = "empty-down",
    .family = RuleFamily::kDown,
    .summary = "a down script that does nothing",
    .why =
        "Rolling back then says that the migration is undone while all of it is still there, and "
        "going up again fails.",
    .help =
        "undo the up script, or delete the file and mark the up file irreversible with a reason",
    .bad = "-- up:   CREATE TABLE users (id bigint PRIMARY KEY);\n-- down: (empty)",
    .good = "-- up:   CREATE TABLE users (id bigint PRIMARY KEY);\n-- down: DROP TABLE users;",
    .file = lint::Check,
};

}  // namespace strata
