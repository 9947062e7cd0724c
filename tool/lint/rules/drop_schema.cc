#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* drop = As<sql::DropStmt>(step.tree);
  if (drop == nullptr || drop->remove_type != PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA) return;
  for (const DroppedObject& object : DroppedObjects(drop)) {
    const catalog::Schema* schema = step.before.FindSchema(object.name);
    if (schema == nullptr && drop->missing_ok) continue;
    if (schema != nullptr && step.known.schema(schema->oid) == nullptr) continue;
    bool empty = schema != nullptr;
    step.before.relations().ForEach([&](catalog::Oid, const auto& relation) {
      empty = empty && relation->schema != schema->oid;
    });
    const bool cascade = drop->behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
    if (empty && !cascade) continue;  // refused where others put something into it
    report->Add(SpanOfName(step, object.name),
                "dropping schema \"" + object.name + "\" takes everything in it along");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_drop_schema;
const Rule kRule_drop_schema = {
    .name = "drop-schema",
    .family = RuleFamily::kDestructive,
    .summary = "a schema is dropped with what is in it",
    .why = "Every table, view and function in the schema goes with it, and their rows with them.",
    .blocks = "reads and writes of every table in it",
    .help = "drop its objects one by one, so that each is seen, then the empty schema",
    .bad = "DROP SCHEMA billing CASCADE;",
    .good =
        "-- strata: allow drop-table \"moved to the billing service\"\n"
        "DROP TABLE billing.invoices;\n"
        "DROP SCHEMA billing;",
    .source = "https://www.postgresql.org/docs/15/sql-dropschema.html",
    .atlas = "DS101",
    .step = lint::Check,
};

}  // namespace strata
