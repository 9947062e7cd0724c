#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewColumn& c : NewColumns(step.tree)) {
    if (c.in_create || !step.InProduction(c.table)) continue;
    const bool required =
        FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL) != nullptr ||
        FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) != nullptr;
    const bool filled =
        FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT) != nullptr ||
        FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY) != nullptr ||
        FindConstraint(c.column, PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED) != nullptr ||
        TypeWord(c.column->type_name).find("serial") != std::string::npos;
    if (!required || filled) continue;
    const catalog::Relation* table = step.Find(c.table);
    Found& found = report->Add(
        SpanOfName(step, c.column->colname),
        "column \"" + std::string(c.column->colname) +
            "\" is NOT NULL without a default: adding it fails "
            "where table \"" +
            NameOf(c.table) + "\" has rows, and running code that does not know it cannot insert");
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_add_required_column;
const Rule kRule_add_required_column = {
    .name = "add-required-column",
    .family = RuleFamily::kCompatibility,
    .summary = "a required column without a default is added to a table that may have rows",
    .why =
        "PostgreSQL refuses it as soon as there is one row. Where the table is empty, the code "
        "that runs "
        "until the rollout is over leaves the column out and fails on every INSERT.",
    .help = "give it a default, or add it nullable, fill it, and require it later",
    .bad = "ALTER TABLE users ADD COLUMN country text NOT NULL;",
    .good = "ALTER TABLE users ADD COLUMN country text NOT NULL DEFAULT 'unknown';",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .squawk = "adding-required-field",
    .atlas = "MF103",
    .step = lint::Check,
};

}  // namespace strata
