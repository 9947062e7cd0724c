#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewConstraint& c : NewConstraints(step.tree)) {
    if (c.in_create || c.constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) continue;
    const std::string_view index_name = c.constraint->indexname;
    const catalog::Relation* table = step.Find(c.table);
    if (index_name.empty() || table == nullptr || !step.InProduction(table)) continue;
    const catalog::Schema* schema = step.before.schema(table->schema);
    const catalog::Relation* index =
        step.before.FindRelation(schema == nullptr ? "" : schema->name, index_name);
    if (index == nullptr || !index->index) continue;
    for (const catalog::IndexKey& key : index->index->keys) {
      const catalog::Column* column = table->FindColumn(key.column);
      if (column == nullptr || column->not_null) continue;
      report
          ->Add(SpanOfName(step, index_name),
                "column \"" + column->name +
                    "\" may be NULL, so the primary key reads all of table \"" + table->name +
                    "\" while nobody can use it")
          .about = table->oid;
    }
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_primary_key_nullable;
const Rule kRule_primary_key_nullable = {
    .name = "primary-key-nullable",
    .family = RuleFamily::kLocks,
    .summary = "a primary key over an index makes nullable columns NOT NULL",
    .why =
        "PRIMARY KEY USING INDEX is quick only where the columns are NOT NULL already; else it "
        "sets them so, "
        "with a scan under ACCESS EXCLUSIVE.",
    .blocks = "reads and writes of the table, for as long as it takes to read it",
    .help = "make the columns NOT NULL first (see set-not-null)",
    .bad = "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_id_idx;",
    .good =
        "-- after a validated CHECK (id IS NOT NULL) and SET NOT NULL:\n"
        "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_id_idx;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .atlas = "PG304",
    .eugene = "W14",
    .step = lint::Check,
};

}  // namespace strata
