#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (c.in_create || !step.InProduction(c.table)) continue;
    if (FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED) == nullptr) continue;
    const catalog::Relation* table = step.Find(c.table);
    Found& found =
        report->Add(SpanOfName(step, c.column->colname),
                    "adding stored generated column \"" + std::string(c.column->colname) +
                        "\" writes every row of table \"" + NameOf(c.table) + "\" anew");
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_add_stored_generated;
const Rule kRule_add_stored_generated = {
    .name = "add-stored-generated",
    .family = RuleFamily::kLocks,
    .summary = "a stored generated column is added to a table that may have rows",
    .why =
        "The value is worked out for every row, so the whole table is written anew while nobody "
        "can read it.",
    .blocks = "reads and writes of the table, for as long as it takes to write it",
    .help =
        "add a plain column, let a trigger fill it for new rows, and fill the old ones in batches",
    .bad = "ALTER TABLE users ADD COLUMN name_lower text GENERATED ALWAYS AS (lower(name)) STORED;",
    .good =
        "ALTER TABLE users ADD COLUMN name_lower text;\n-- a trigger for new rows; old rows in "
        "batches",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    .squawk = "adding-field-with-default",
    .strong_migrations = "add_column_generated_stored",
    .eugene = "E11",
    .step = lint::Check,
};

}  // namespace strata
