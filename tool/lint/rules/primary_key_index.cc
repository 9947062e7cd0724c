#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (const NewConstraint& c : NewConstraints(step.tree)) {
    if (c.in_create || c.constraint->contype != PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY) continue;
    if (!std::string_view(c.constraint->indexname).empty() || !step.InProduction(c.table)) continue;
    const catalog::Relation* table = step.Find(c.table);
    Found& found = report->Add(SpanAt(step, c.constraint->location),
                               "the new primary key builds its index over table \"" +
                                   NameOf(c.table) + "\" while nobody can use it");
    if (table != nullptr) found.about = table->oid;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_primary_key_index;
const Rule kRule_primary_key_index = {
    .name = "primary-key-index",
    .family = RuleFamily::kLocks,
    .summary = "a primary key builds its index under ACCESS EXCLUSIVE",
    .why =
        "The index is built, and columns that may be NULL are scanned, while nobody can read or "
        "write the "
        "table. An index built CONCURRENTLY before can be taken over in a moment.",
    .blocks = "reads and writes of the table, for as long as it takes to build the index",
    .help =
        "CREATE UNIQUE INDEX CONCURRENTLY over NOT NULL columns first, then ADD … PRIMARY KEY "
        "USING INDEX",
    .bad = "ALTER TABLE users ADD PRIMARY KEY (id);",
    .good =
        "-- strata: no-transaction\n"
        "CREATE UNIQUE INDEX CONCURRENTLY users_pkey ON users (id);\n"
        "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;",
    .source = "https://www.postgresql.org/docs/15/sql-altertable.html",
    .squawk = "adding-serial-primary-key-field",
    .atlas = "PG104",
    .eugene = "E7",
    .step = lint::Check,
};

}  // namespace strata
