#include "lint/match.h"
#include "lint/rewrites.h"

namespace strata {
namespace lint {
namespace {

// What the change does that rewriting the table does not show.
std::string Words(const Step& step, const catalog::Relation& table,
                  const sql::AlterTableCmd* command) {
  const std::string name = command->name;
  const catalog::Relation* after = step.after.relation(table.oid);
  const catalog::Column* from = table.FindColumn(name);
  const catalog::Column* to = after == nullptr ? nullptr : after->FindColumn(name);
  if (from == nullptr || to == nullptr) return "";
  if (ChangeOfType(step.after, from->type, to->type) != TypeChange::kRewrite) return "";
  return "changing column \"" + name + "\" of table \"" + table.name + "\" from " +
         step.before.TypeName(from->type) + " to " + step.after.TypeName(to->type) +
         " writes every row anew";
}

void Check(const Step& step, Report* report) {
  for (const AlterCommand& c :
       AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType)) {
    const catalog::Relation* table = step.Find(c.statement->relation);
    if (table != nullptr && !step.InProduction(table)) continue;
    const catalog::Relation* known = table == nullptr ? nullptr : step.known.relation(table->oid);
    if (known != nullptr && known->FindColumn(std::string(c.command->name)) == nullptr) continue;
    std::string words = table == nullptr
                            ? "changing the type of column \"" + std::string(c.command->name) +
                                  "\" can write every row anew"
                            : Words(step, *table, c.command);
    if (words.empty()) continue;
    Found& found = report->Add(SpanOfName(step, c.command->name), std::move(words));
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_change_column_type;
const Rule kRule_change_column_type = {
    .name = "change-column-type",
    .family = RuleFamily::kLocks,
    .summary = "a column's type is changed in a way that rewrites the table",
    .why =
        "Every row and every index of the table is written anew while nobody can read it, and code "
        "that "
        "expects the old type fails afterwards. Wider varchar, varchar to text, more digits of "
        "numeric at the "
        "same scale and the like change the catalog alone and are no finding.",
    .blocks = "reads and writes of the table, for as long as it takes to write it",
    .help =
        "add a column of the new type, write both, backfill in batches, read the new one, then "
        "drop the old one",
    .bad = "ALTER TABLE orders ALTER COLUMN id TYPE bigint;",
    .good =
        "ALTER TABLE orders ADD COLUMN new_id bigint;\n"
        "-- a trigger or the code writes both; backfill in batches; then exchange the two",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html#SQL-ALTERTABLE-NOTES",
    .squawk = "changing-column-type",
    .atlas = "PG301",
    .strong_migrations = "change_column",
    .eugene = "E5",
    .step = lint::Check,
};

}  // namespace strata
