#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const AlterCommand& c :
       AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint)) {
    const catalog::Relation* table = step.Find(c.statement->relation);
    if (table == nullptr || !step.InProduction(table)) continue;
    const catalog::Constraint* key = step.before.FindConstraint(table->oid, c.command->name);
    if (key == nullptr || key->kind != catalog::ConstraintKind::kPrimaryKey) continue;
    bool replaced = false;
    for (const sql::ParsedStatement& other : step.migration.up.parsed.statements) {
      for (const NewConstraint& made : NewConstraints(other.tree)) {
        const bool primary = made.constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY;
        replaced = replaced || (primary && step.Find(made.table) == table);
      }
    }
    if (replaced) continue;
    report
        ->Add(SpanOfName(step, c.command->name),
              "table \"" + table->name + "\" has no primary key from now on")
        .about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_primary_key;
const Rule kRule_drop_primary_key = {
    .name = "drop-primary-key",
    .family = RuleFamily::kDestructive,
    .summary = "a primary key is dropped and not replaced",
    .why =
        "Nothing keeps rows apart from then on; logical replication refuses updates of the table, "
        "and code "
        "that finds rows by their key scans it.",
    .blocks = "reads and writes of the table, for a moment",
    .help =
        "add the new key in the same migration: build its index CONCURRENTLY before, then ADD … "
        "PRIMARY KEY USING INDEX",
    .bad = "ALTER TABLE orders DROP CONSTRAINT orders_pkey;",
    .good =
        "-- after CREATE UNIQUE INDEX CONCURRENTLY orders_number_key ON orders (number);\n"
        "ALTER TABLE orders DROP CONSTRAINT orders_pkey,\n"
        "    ADD CONSTRAINT orders_pkey PRIMARY KEY USING INDEX orders_number_key;",
    .step = lint::Check,
};

}  // namespace strata
