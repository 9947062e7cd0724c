#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* drop = As<sql::DropdbStmt>(step.tree);
  if (drop == nullptr) return;
  report->Add(SpanOfName(step, drop->dbname),
              "dropping database \"" + std::string(drop->dbname) + "\" deletes all of it");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_database;
const Rule kRule_drop_database = {
    .name = "drop-database",
    .family = RuleFamily::kDestructive,
    .summary = "a database is dropped",
    .why =
        "A migration changes the schema of one database. One that drops a database deletes more "
        "than any "
        "down script brings back, and it runs wherever the set is applied.",
    .blocks = "everybody: sessions on that database are in the way or are thrown out",
    .help = "drop databases by hand",
    .bad = "DROP DATABASE reports;",
    .good = "-- by hand, by someone who has looked:\n-- DROP DATABASE reports;",
    .source = "https://www.postgresql.org/docs/15/sql-dropdatabase.html",
    .squawk = "ban-drop-database",
    .step = lint::Check,
};

}  // namespace strata
