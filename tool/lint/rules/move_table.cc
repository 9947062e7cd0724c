#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const AlterCommand& c : AlterCommands(step.tree)) {
    const auto subtype = c.command->subtype;
    const char* what = subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace ? "SET TABLESPACE"
                       : subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged   ? "SET LOGGED"
                       : subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged ? "SET UNLOGGED"
                       : subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod
                           ? "SET ACCESS METHOD"
                           : nullptr;
    if (what == nullptr || !step.InProduction(c.statement->relation)) continue;
    const catalog::Relation* table = step.Find(c.statement->relation);
    Found& found = report->Add(HeadOf(step.text, step.span()),
                               std::string(what) + " copies all of table \"" +
                                   NameOf(c.statement->relation) + "\" while nobody can use it");
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_move_table;
const Rule kRule_move_table = {
    .name = "move-table",
    .family = RuleFamily::kLocks,
    .summary = "a table is copied to another place or kind of storage",
    .why =
        "SET TABLESPACE, SET LOGGED, SET UNLOGGED and SET ACCESS METHOD copy the whole table under "
        "ACCESS EXCLUSIVE.",
    .blocks = "reads and writes of the table, for as long as it takes to copy it",
    .help = "do it in a maintenance window",
    .bad = "ALTER TABLE events SET TABLESPACE slow_disk;",
    .good =
        "-- new partitions go there from now on:\nALTER TABLE events_2027 SET TABLESPACE "
        "slow_disk;  -- while it is empty",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .step = lint::Check,
};

}  // namespace strata
