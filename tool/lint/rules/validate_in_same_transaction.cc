#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

// Whether a statement before it in the file adds that constraint to a table of that name.
bool IsAddedEarlier(const Step& step, const sql::RangeVar* table, std::string_view name) {
  for (const Step& earlier : step.earlier) {
    for (const AlterCommand& c :
         AlterCommands(earlier.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint)) {
      const auto* constraint = As<sql::Constraint>(c.command->def);
      if (constraint != nullptr && constraint->conname == name &&
          NameOf(c.statement->relation) == NameOf(table)) {
        return true;
      }
    }
  }
  return false;
}

void Check(const Step& step, Report* report) {
  if (!step.in_transaction) return;
  for (const AlterCommand& c :
       AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint)) {
    const std::string name = c.command->name;
    if (!step.InProduction(c.statement->relation) ||
        !IsAddedEarlier(step, c.statement->relation, name)) {
      continue;
    }
    const catalog::Relation* table = step.Find(c.statement->relation);
    report
        ->Add(SpanOfName(step, name),
              "constraint \"" + name +
                  "\" is validated in the transaction that adds it, under the lock that ADD took")
        .about = table == nullptr ? 0 : table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_validate_in_same_transaction;
const Rule kRule_validate_in_same_transaction = {
    .name = "validate-in-same-transaction",
    .family = RuleFamily::kLocks,
    .summary = "a constraint is validated in the transaction that adds it",
    .why =
        "Locks are kept until the transaction ends: the scan then runs under the lock of ADD "
        "CONSTRAINT, and "
        "NOT VALID has won nothing.",
    .blocks = "what ADD CONSTRAINT blocks, for as long as it takes to check every row",
    .help = "move VALIDATE CONSTRAINT to the next migration",
    .bad =
        "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total >= 0) NOT VALID;\n"
        "ALTER TABLE orders VALIDATE CONSTRAINT positive;",
    .good = "-- the next migration:\nALTER TABLE orders VALIDATE CONSTRAINT positive;",
    .source = "https://www.postgresql.org/docs/15/explicit-locking.html",
    .squawk = "constraint-missing-not-valid",
    .strong_migrations = "validate_foreign_key, validate_check_constraint",
    .eugene = "E4",
    .step = lint::Check,
};

}  // namespace strata
