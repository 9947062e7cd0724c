#include <set>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

void Check(const File& file, Report* report) {
  for (const Step& step : file.steps) {
    const auto* create = As<sql::CreateStmt>(step.tree);
    if (create == nullptr || create->partbound != nullptr || create->n_inh_relations > 0) continue;
    if (create->relation->relpersistence[0] == 't') continue;
    const catalog::Relation* made = step.FindAfter(create->relation);
    const catalog::Relation* table = made == nullptr ? nullptr : file.end.relation(made->oid);
    if (table == nullptr || step.before.relation(made->oid) != nullptr) continue;
    bool keyed = false;
    for (const catalog::Constraint* constraint : file.end.ConstraintsOf(table->oid)) {
      keyed = keyed || constraint->kind == catalog::ConstraintKind::kPrimaryKey;
    }
    if (!keyed)
      report->Add(SpanAt(step, create->relation->location),
                  "table \"" + table->name + "\" has no primary key");
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_missing_primary_key;
const Rule kRule_missing_primary_key = {
    .name = "missing-primary-key",
    .family = RuleFamily::kDesign,
    .summary = "a table without a primary key is created",
    .why =
        "Nothing tells its rows apart: a double row cannot be deleted alone, logical replication "
        "refuses "
        "updates and deletes, and most mappers do not work with it.",
    .help = "add a primary key, for example id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
    .bad = "CREATE TABLE tags (name text);",
    .good = "CREATE TABLE tags (name text PRIMARY KEY);",
    .file = lint::Check,
};

}  // namespace strata
