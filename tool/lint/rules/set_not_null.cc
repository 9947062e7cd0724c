#include <algorithm>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const std::vector<AlterCommand> commands =
      AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull);
  for (const AlterCommand& c : commands) {
    const catalog::Relation* table = step.Find(c.statement->relation);
    if (table != nullptr) {
      const auto lock = std::find_if(step.locks.begin(), step.locks.end(),
                                     [&](const TableLock& l) { return l.table == table->oid; });
      if (lock == step.locks.end() || lock->work == TableWork::kNone) continue;
      const catalog::Column* column = table->FindColumn(std::string(c.command->name));
      if (column != nullptr && column->not_null) continue;
    }
    const std::string name = NameOf(c.statement->relation), column = c.command->name;
    Found& found = report->Add(SpanOfName(step, column), "SET NOT NULL on column \"" + column +
                                                             "\" reads all of table \"" + name +
                                                             "\" while nobody can use it");
    if (table != nullptr) found.about = table->oid;
    if (c.statement->n_cmds != 1) continue;
    const std::string check =
        table == nullptr ? column + "_not_null" : table->name + "_" + column + "_not_null";
    const std::string alter = "ALTER TABLE " + name + " ";
    const std::string set = alter + "ALTER COLUMN " + QuoteName(column) + " SET NOT NULL;\n";
    const std::string condition = "ADD CONSTRAINT " + QuoteName(check) + " CHECK (" +
                                  QuoteName(column) + " IS NOT NULL) NOT VALID";
    Fix fix;
    fix.edits = {{step.span(), alter + condition}};
    fix.next_name = "validate_" + check;
    fix.next_up = alter + "VALIDATE CONSTRAINT " + QuoteName(check) + ";\n" + set + alter +
                  "DROP CONSTRAINT " + QuoteName(check) + ";\n";
    fix.next_down = alter + condition + ";\n" + alter + "ALTER COLUMN " + QuoteName(column) +
                    " DROP NOT NULL;\n";
    fix.down_append = alter + "DROP CONSTRAINT " + QuoteName(check) + ";\n";
    found.fix = std::move(fix);
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_set_not_null;
const Rule kRule_set_not_null = {
    .name = "set-not-null",
    .family = RuleFamily::kLocks,
    .summary = "SET NOT NULL scans the table",
    .why =
        "Every row is read under ACCESS EXCLUSIVE. A valid CHECK (column IS NOT NULL) spares the "
        "scan "
        "(PostgreSQL 12 and later), and validating one lets others read and write meanwhile.",
    .blocks = "reads and writes of the table, for as long as it takes to read it",
    .help =
        "add CHECK (… IS NOT NULL) NOT VALID, validate it in the next migration, then SET NOT NULL "
        "and drop the check",
    .bad = "ALTER TABLE users ALTER COLUMN email SET NOT NULL;",
    .good =
        "ALTER TABLE users ADD CONSTRAINT users_email_not_null CHECK (email IS NOT NULL) NOT "
        "VALID;\n"
        "-- next migration:\n"
        "ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;\n"
        "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
        "ALTER TABLE users DROP CONSTRAINT users_email_not_null;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .squawk = "adding-not-nullable-field",
    .atlas = "MF104, PG303",
    .strong_migrations = "change_column_null",
    .eugene = "E2",
    .step = lint::Check,
};

}  // namespace strata
