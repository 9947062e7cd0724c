#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const AlterCommand& c :
       AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull)) {
    const sql::RangeVar* table = c.statement->relation;
    if (!step.InProduction(table)) continue;
    const catalog::Relation* known = step.known.FindRelation(table->schemaname, table->relname);
    const catalog::Column* column =
        known == nullptr ? nullptr : known->FindColumn(std::string(c.command->name));
    if (known != nullptr && (column == nullptr || !column->not_null)) continue;
    report->Add(SpanOfName(step, c.command->name), "column \"" + std::string(c.command->name) +
                                                       "\" of table \"" + NameOf(table) +
                                                       "\" may be NULL from now on");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_not_null;
const Rule kRule_drop_not_null = {
    .name = "drop-not-null",
    .family = RuleFamily::kCompatibility,
    .level = RuleLevel::kNote,
    .summary = "NOT NULL is taken off a column",
    .why =
        "Code that reads the column was written for a value that is always there. Going back needs "
        "a scan "
        "of the table and a value for every NULL written meanwhile.",
    .help = "make sure that every reader handles NULL before the first one is written",
    .bad = "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
    .good =
        "-- after the readers were changed:\n"
        "-- strata: allow drop-not-null \"readers handle NULL since 4.2\"\n"
        "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
    .squawk = "ban-drop-not-null",
    .step = lint::Check,
};

}  // namespace strata
