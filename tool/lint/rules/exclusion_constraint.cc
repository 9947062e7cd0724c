#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewConstraint& c : NewConstraints(step.tree)) {
    if (c.in_create || c.constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION) continue;
    if (!step.InProduction(c.table)) continue;
    const catalog::Relation* table = step.Find(c.table);
    Found& found = report->Add(SpanAt(step, c.constraint->location),
                               "the new EXCLUDE builds its index over table \"" + NameOf(c.table) +
                                   "\" while nobody can use it");
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_exclusion_constraint;
const Rule kRule_exclusion_constraint = {
    .name = "exclusion-constraint",
    .family = RuleFamily::kLocks,
    .summary = "an exclusion constraint is added to a table that may have rows",
    .why =
        "Its index is built and every row compared under ACCESS EXCLUSIVE, and PostgreSQL has "
        "neither NOT "
        "VALID nor USING INDEX for it.",
    .blocks = "reads and writes of the table, for as long as it takes to build the index",
    .help =
        "do it in a maintenance window, or move the rows to a new table that has the constraint",
    .bad =
        "ALTER TABLE bookings ADD CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during "
        "WITH &&);",
    .good =
        "CREATE TABLE bookings_new (LIKE bookings INCLUDING ALL,\n"
        "    CONSTRAINT no_overlap EXCLUDE USING gist (room WITH =, during WITH &&));",
    .source = "https://www.postgresql.org/docs/15/sql-createtable.html",
    .strong_migrations = "add_exclusion_constraint",
    .eugene = "E8",
    .step = lint::Check,
};

}  // namespace strata
