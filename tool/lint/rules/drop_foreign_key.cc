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
    if (key == nullptr || key->kind != catalog::ConstraintKind::kForeignKey) continue;
    if (step.known.constraint(key->oid) == nullptr) continue;
    bool replaced = false;
    for (const sql::ParsedStatement& other : step.migration.up.parsed.statements) {
      for (const NewConstraint& made : NewConstraints(other.tree)) {
        const bool foreign = made.constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
        replaced = replaced || (foreign && step.Find(made.table) == table);
      }
    }
    if (replaced) continue;
    report
        ->Add(SpanOfName(step, c.command->name), "without foreign key \"" + key->name +
                                                     "\" nothing keeps rows of table \"" +
                                                     table->name + "\" from pointing nowhere")
        .about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_foreign_key;
const Rule kRule_drop_foreign_key = {
    .name = "drop-foreign-key",
    .family = RuleFamily::kDestructive,
    .level = RuleLevel::kNote,
    .summary = "a foreign key is dropped and not replaced",
    .why =
        "From then on rows can point at rows that are gone, and adding the key back fails on them.",
    .blocks = "reads and writes of both tables, for a moment",
    .help = "say in an allowance what keeps the references right from now on",
    .bad = "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;",
    .good =
        "-- replaced in the same migration:\n"
        "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;\n"
        "ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id)\n"
        "    REFERENCES users (id) ON DELETE CASCADE NOT VALID;",
    .atlas = "CD101",
    .step = lint::Check,
};

}  // namespace strata
