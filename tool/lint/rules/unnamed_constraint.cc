#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewConstraint& c : NewConstraints(step.tree)) {
    const auto type = c.constraint->contype;
    const bool numbered = type == PG_QUERY__CONSTR_TYPE__CONSTR_CHECK ||
                          type == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION;
    const bool after_columns = type == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN ||
                               type == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE;
    // In a new table or beside its column such a name is taken from the columns and sure.
    const bool sure = c.in_create || c.column != nullptr;
    if (!numbered && !(after_columns && !sure)) continue;
    if (!std::string_view(c.constraint->conname).empty()) continue;
    report->Add(SpanAt(step, c.constraint->location), "the constraint has no name of its own");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_unnamed_constraint;
const Rule kRule_unnamed_constraint = {
    .name = "unnamed-constraint",
    .family = RuleFamily::kDesign,
    .level = RuleLevel::kNote,
    .once = true,
    .summary = "a constraint without a name",
    .why =
        "PostgreSQL makes a name up, and adds a number where it is taken: the name that a later "
        "migration needs "
        "to drop it can differ between databases.",
    .help = "write CONSTRAINT and a name before it",
    .bad = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric CHECK (total >= 0));",
    .good =
        "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric CONSTRAINT "
        "orders_total_positive CHECK (total >= 0));",
    .step = lint::Check,
};

}  // namespace strata
