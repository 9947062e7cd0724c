#include <set>

#include "lint/match.h"

namespace strata {
namespace lint {
namespace {

// The name of a table that the statement makes and that wants a key of its own, or null.
const sql::RangeVar* MadeTable(const sql::Node* tree) {
  const sql::RangeVar* name = nullptr;
  if (const auto* create = As<sql::CreateStmt>(tree)) {
    const bool has_parent = create->partbound != nullptr || create->n_inh_relations > 0;
    if (!has_parent) name = create->relation;
  } else if (const auto* filled = As<sql::CreateTableAsStmt>(tree)) {
    if (filled->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) name = filled->into->rel;
  }
  return name != nullptr && name->relpersistence[0] == 't' ? nullptr : name;
}

void Check(const File& file, Report* report) {
  for (const Step& step : file.steps) {
    const sql::RangeVar* name = MadeTable(step.tree);
    if (name == nullptr) continue;
    const catalog::Relation* made = step.FindAfter(name);
    const catalog::Relation* table = made == nullptr ? nullptr : file.end.relation(made->oid);
    if (table == nullptr || step.before.relation(made->oid) != nullptr) continue;
    bool keyed = false;
    for (const catalog::Constraint* constraint : file.end.ConstraintsOf(table->oid)) {
      keyed = keyed || constraint->kind == catalog::ConstraintKind::kPrimaryKey;
    }
    if (!keyed)
      report->Add(SpanAt(step, name->location), "table \"" + table->name + "\" has no primary key");
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
