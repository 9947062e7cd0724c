#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewConstraint& c : NewConstraints(step.tree)) {
    if (c.in_create || c.constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN) continue;
    if (c.constraint->skip_validation || !step.InProduction(c.table)) continue;
    const catalog::Relation* table = step.Find(c.table);
    // PostgreSQL takes no NOT VALID foreign key on a partitioned table.
    if (table != nullptr && table->kind == catalog::RelationKind::kPartitionedTable) continue;
    Found& found = report->Add(SpanAt(step, c.constraint->location),
                               "the new foreign key looks up every row of table \"" +
                                   NameOf(c.table) + "\" in \"" + NameOf(c.constraint->pktable) +
                                   "\" while neither can be written");
    found.span = {found.span.begin, std::max(found.span.end, found.span.begin + 1)};
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

extern const Rule kRule_foreign_key_not_valid;
const Rule kRule_foreign_key_not_valid = {
    .name = "foreign-key-not-valid",
    .family = RuleFamily::kLocks,
    .summary = "a foreign key is added and checked in one go",
    .why =
        "Every row is looked up in the referenced table under SHARE ROW EXCLUSIVE on both tables. "
        "With NOT "
        "VALID the key holds for new rows at once, and VALIDATE checks the old ones while both "
        "tables are in use.",
    .blocks = "writes of both tables, for as long as it takes to check every row",
    .help = "add it NOT VALID, and VALIDATE CONSTRAINT in the next migration",
    .bad =
        "ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users "
        "(id);",
    .good =
        "ALTER TABLE orders ADD CONSTRAINT orders_user_fk FOREIGN KEY (user_id) REFERENCES users "
        "(id) NOT VALID;\n"
        "-- next migration:\n"
        "ALTER TABLE orders VALIDATE CONSTRAINT orders_user_fk;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .squawk = "adding-foreign-key-constraint",
    .atlas = "PG306",
    .strong_migrations = "add_foreign_key, add_reference",
    .eugene = "E1",
    .step = lint::Check,
};

}  // namespace strata
