#include "lint/match.h"
#include "lint/rewrites.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (c.in_create || !step.InProduction(c.table)) continue;
    const sql::Constraint* value = FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT);
    if (value == nullptr || !IsVolatile(value->raw_expr, step.before)) continue;
    const catalog::Relation* table = step.Find(c.table);
    Found& found = report->Add(SpanOfName(step, c.column->colname),
                               "the default of column \"" + std::string(c.column->colname) +
                                   "\" is volatile, so adding it writes every row of table \"" +
                                   NameOf(c.table) + "\" anew");
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_volatile_default;
const Rule kRule_volatile_default = {
    .name = "volatile-default",
    .family = RuleFamily::kLocks,
    .summary = "a column with a volatile default is added",
    .why =
        "A constant default, or now(), is kept in the catalog and costs nothing. A volatile one "
        "(gen_random_uuid(), clock_timestamp(), nextval()) has another value for each row: the "
        "whole table is "
        "written anew while nobody can read it.",
    .blocks = "reads and writes of the table, for as long as it takes to write it",
    .help =
        "add the column without a default, set the default for new rows, then fill the old ones in "
        "batches",
    .bad = "ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();",
    .good =
        "ALTER TABLE users ADD COLUMN token uuid;\n"
        "ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();\n"
        "-- fill the old rows in batches, outside this transaction",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    .squawk = "adding-field-with-default",
    .atlas = "PG302",
    .strong_migrations = "add_column_default",
    .step = lint::Check,
};

}  // namespace strata
