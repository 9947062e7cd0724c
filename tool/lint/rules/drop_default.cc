#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const AlterCommand& c :
       AlterCommands(step.tree, PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault)) {
    if (c.command->def != nullptr) continue;
    const catalog::Relation* table = step.Find(c.statement->relation);
    const catalog::Relation* known = table == nullptr ? nullptr : step.known.relation(table->oid);
    if (known == nullptr) continue;
    const catalog::Column* before = known->FindColumn(std::string(c.command->name));
    const bool used = before != nullptr && before->not_null && before->default_value != nullptr;
    const catalog::Relation* after = step.after.relation(table->oid);
    const catalog::Column* now =
        after == nullptr ? nullptr : after->FindColumn(std::string(c.command->name));
    if (!used || now == nullptr || !now->not_null) continue;
    // Taken off for a moment, round a change of its type.
    bool again = false;
    for (const sql::ParsedStatement& later : step.migration.up.parsed.statements) {
      for (const AlterCommand& other : AlterCommands(later.tree)) {
        const bool same = std::string_view(other.command->name) == c.command->name;
        const auto subtype = other.command->subtype;
        const bool sets = subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault &&
                          other.command->def != nullptr;
        again = again || (same && (sets || subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AddIdentity ||
                                   subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn));
      }
    }
    if (again) continue;
    report
        ->Add(SpanOfName(step, c.command->name),
              "column \"" + std::string(c.command->name) + "\" of table \"" +
                  NameOf(c.statement->relation) +
                  "\" is NOT NULL: without its default, code that leaves it out cannot insert")
        .about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_default;
const Rule kRule_drop_default = {
    .name = "drop-default",
    .family = RuleFamily::kCompatibility,
    .level = RuleLevel::kNote,
    .summary = "the default of a required column is dropped",
    .why = "Code that relies on the default fails on its next INSERT.",
    .help = "release code that always gives a value, then drop the default",
    .bad = "ALTER TABLE users ALTER COLUMN country DROP DEFAULT;",
    .good =
        "-- after every writer gives a value:\n"
        "-- strata: allow drop-default \"all writers name country since 4.2\"\n"
        "ALTER TABLE users ALTER COLUMN country DROP DEFAULT;",
    .strong_migrations = "change_column_default",
    .step = lint::Check,
};

}  // namespace strata
