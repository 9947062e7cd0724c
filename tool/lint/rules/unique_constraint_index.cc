#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

std::string ColumnsOf(const sql::Constraint* constraint) {
  std::string columns;
  for (const std::string& name : Names(Each(constraint->n_keys, constraint->keys))) {
    columns += (columns.empty() ? "" : ", ") + QuoteName(name);
  }
  return columns;
}

void Check(const Step& step, Report* report) {
  for (const NewConstraint& c : NewConstraints(step.tree)) {
    if (c.in_create || c.constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE) continue;
    if (!std::string_view(c.constraint->indexname).empty() || !step.InProduction(c.table)) continue;
    const catalog::Relation* table = step.Find(c.table);
    Found& found = report->Add(SpanAt(step, c.constraint->location),
                               "the new UNIQUE builds its index over table \"" + NameOf(c.table) +
                                   "\" while nobody can use it");
    if (table != nullptr) found.about = table->oid;
    const auto* alter = As<sql::AlterTableStmt>(step.tree);
    const std::string name = c.constraint->conname;
    const bool plain = c.constraint->n_including == 0 && !c.constraint->nulls_not_distinct &&
                       !c.constraint->deferrable;
    if (c.column != nullptr || name.empty() || !plain || alter == nullptr || alter->n_cmds != 1)
      continue;
    Fix fix;
    fix.edits = {{step.span(), "CREATE UNIQUE INDEX CONCURRENTLY " + QuoteName(name) + " ON " +
                                   NameOf(c.table) + " (" + ColumnsOf(c.constraint) +
                                   ");\nALTER TABLE " + NameOf(c.table) + " ADD CONSTRAINT " +
                                   QuoteName(name) + " UNIQUE USING INDEX " + QuoteName(name)}};
    fix.no_transaction = true;
    found.fix = std::move(fix);
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_unique_constraint_index;
const Rule kRule_unique_constraint_index = {
    .name = "unique-constraint-index",
    .family = RuleFamily::kLocks,
    .summary = "a UNIQUE constraint builds its index under ACCESS EXCLUSIVE",
    .why =
        "The index is built while nobody can read or write the table. An index built CONCURRENTLY "
        "before can "
        "be taken over in a moment.",
    .blocks = "reads and writes of the table, for as long as it takes to build the index",
    .help = "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … UNIQUE USING INDEX",
    .bad = "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE (email);",
    .good =
        "-- strata: no-transaction\n"
        "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);\n"
        "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .squawk = "disallowed-unique-constraint",
    .atlas = "PG105, MF101, MF102",
    .strong_migrations = "add_unique_constraint",
    .eugene = "E7",
    .step = lint::Check,
};

}  // namespace strata
