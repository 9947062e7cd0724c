#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* move = As<sql::AlterObjectSchemaStmt>(step.tree);
  if (move == nullptr || move->relation == nullptr || !step.InProduction(move->relation)) return;
  const catalog::Relation* table = step.Find(move->relation);
  Found& found =
      report->Add(SpanAt(step, move->relation->location),
                  "moving \"" + NameOf(move->relation) + "\" to schema \"" + move->newschema +
                      "\" breaks code that finds it under its old name");
  if (table != nullptr) found.about = table->oid;
}

}  // namespace
}  // namespace lint

extern const Rule kRule_move_to_schema;
const Rule kRule_move_to_schema = {
    .name = "move-to-schema",
    .family = RuleFamily::kCompatibility,
    .summary = "a table is moved to another schema",
    .why =
        "Code that runs while the migration is rolled out finds the table under one of the two "
        "names only, "
        "unless both schemas are in its search_path.",
    .blocks = "reads and writes of the table, for a moment",
    .help = "leave a view of the old name behind, and drop it a release later",
    .bad = "ALTER TABLE users SET SCHEMA auth;",
    .good =
        "-- strata: allow move-to-schema \"a view stays behind\"\n"
        "ALTER TABLE users SET SCHEMA auth;\n"
        "CREATE VIEW public.users AS SELECT * FROM auth.users;",
    .step = lint::Check,
};

}  // namespace strata
