#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (c.in_create || !step.InProduction(c.table)) continue;
    const bool identity =
        FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY) != nullptr;
    const bool serial = TypeWord(c.column->type_name).find("serial") != std::string::npos;
    if (!identity && !serial) continue;
    const catalog::Relation* table = step.Find(c.table);
    Found& found = report->Add(SpanOfName(step, c.column->colname),
                               "adding " + std::string(identity ? "identity" : "serial") +
                                   " column \"" + c.column->colname +
                                   "\" writes every row of table \"" + NameOf(c.table) + "\" anew");
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_add_serial_column;
const Rule kRule_add_serial_column = {
    .name = "add-serial-column",
    .family = RuleFamily::kLocks,
    .summary = "an auto-incrementing column is added to a table that may have rows",
    .why =
        "Each row gets a number of its own, so the whole table is written anew while nobody can "
        "read it.",
    .blocks = "reads and writes of the table, for as long as it takes to write it",
    .help = "add a plain bigint column, fill it in batches, then make it an identity column",
    .bad = "ALTER TABLE events ADD COLUMN id bigserial;",
    .good =
        "ALTER TABLE events ADD COLUMN id bigint;\n"
        "CREATE SEQUENCE events_id_seq OWNED BY events.id;\n"
        "ALTER TABLE events ALTER COLUMN id SET DEFAULT nextval('events_id_seq');\n"
        "-- fill the old rows in batches",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    .squawk = "adding-field-with-default",
    .strong_migrations = "add_column_auto_incrementing",
    .eugene = "E11",
    .step = lint::Check,
};

}  // namespace strata
