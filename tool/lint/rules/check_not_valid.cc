#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewConstraint& c : NewConstraints(step.tree)) {
    if (c.in_create || c.constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_CHECK) continue;
    if (c.constraint->skip_validation || !step.InProduction(c.table)) continue;
    const catalog::Relation* table = step.Find(c.table);
    Found& found = report->Add(
        SpanAt(step, c.constraint->location),
        "the new CHECK reads all of table \"" + NameOf(c.table) + "\" while nobody can use it");
    if (table != nullptr) found.about = table->oid;
    const auto* alter = As<sql::AlterTableStmt>(step.tree);
    const std::string name = c.constraint->conname;
    if (c.column != nullptr || name.empty() || alter == nullptr || alter->n_cmds != 1) continue;
    const std::string prefix = "ALTER TABLE " + NameOf(c.table) + " ";
    Fix fix;
    fix.edits = {{{step.span().end, step.span().end}, " NOT VALID"}};
    fix.next_name = "validate_" + name;
    fix.next_up = prefix + "VALIDATE CONSTRAINT " + QuoteName(name) + ";\n";
    fix.next_down = prefix + "DROP CONSTRAINT " + QuoteName(name) + ";\n" +
                    std::string(TextOf(step)) + " NOT VALID;\n";
    found.fix = std::move(fix);
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_check_not_valid;
const Rule kRule_check_not_valid = {
    .name = "check-not-valid",
    .family = RuleFamily::kLocks,
    .summary = "a CHECK is added and checked in one go",
    .why =
        "Every row is read under ACCESS EXCLUSIVE. With NOT VALID the check holds for new rows at "
        "once, and "
        "VALIDATE checks the old ones while the table is in use.",
    .blocks = "reads and writes of the table, for as long as it takes to read it",
    .help = "add it NOT VALID, and VALIDATE CONSTRAINT in the next migration",
    .bad = "ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0);",
    .good =
        "ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0) NOT VALID;\n"
        "-- next migration:\n"
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_total_positive;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .squawk = "constraint-missing-not-valid",
    .atlas = "PG305",
    .strong_migrations = "add_check_constraint",
    .eugene = "E1",
    .step = lint::Check,
};

}  // namespace strata
