#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  const auto* rename = As<sql::RenameStmt>(step.tree);
  if (rename == nullptr || rename->rename_type != PG_QUERY__OBJECT_TYPE__OBJECT_SCHEMA) return;
  const catalog::Schema* schema = step.before.FindSchema(rename->subname);
  if (schema != nullptr && step.known.schema(schema->oid) == nullptr) return;
  report->Add(SpanOfName(step, rename->subname), "renaming schema \"" +
                                                     std::string(rename->subname) +
                                                     "\" breaks code that still uses the old name");
}

}  // namespace
}  // namespace lint

extern const Rule kRule_rename_schema;
const Rule kRule_rename_schema = {
    .name = "rename-schema",
    .family = RuleFamily::kCompatibility,
    .summary = "a schema is renamed",
    .why =
        "Every qualified name in running code, in function bodies and in search_path settings "
        "still has the old one.",
    .help =
        "make the new schema beside it and move one table at a time, a view left behind for each",
    .bad = "ALTER SCHEMA billing RENAME TO finance;",
    .good = "CREATE SCHEMA finance;",
    .strong_migrations = "rename_schema",
    .step = lint::Check,
};

}  // namespace strata
