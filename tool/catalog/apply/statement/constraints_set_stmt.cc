// SET CONSTRAINTS
#include <algorithm>

#include "catalog/apply/statement.h"

namespace strata::catalog {
namespace {

// Constraint triggers are named as constraints are.
bool Exists(const Catalog& catalog, const std::vector<Oid>& schemas, std::string_view name) {
  for (Oid schema : schemas) {
    if (catalog.ConstraintNameUsed(schema, name)) return true;
  }
  bool found = false;
  catalog.triggers().ForEach([&](Oid, const std::shared_ptr<const Trigger>& t) {
    const Relation* table =
        t->name == name && t->constraint ? catalog.relation(t->relation) : nullptr;
    if (table != nullptr)
      found |= std::find(schemas.begin(), schemas.end(), table->schema) != schemas.end();
  });
  return found;
}

}  // namespace

void ApplyStatement(Context& context, const sql::ConstraintsSetStmt& statement) {
  for (const sql::Node* n : sql::Each(statement.n_constraints, statement.constraints)) {
    const auto* range = sql::As<sql::RangeVar>(n);
    if (range == nullptr) continue;
    const std::string name = range->relname;
    std::vector<Oid> schemas = context.catalog.SearchPath();
    const Schema* given =
        range->schemaname == nullptr ? nullptr : context.catalog.FindSchema(range->schemaname);
    if (given != nullptr) schemas.push_back(given->oid);
    if (!Exists(context.catalog, schemas, name)) {
      context.Report("undefined-object", "constraint \"" + name + "\" does not exist",
                     context.At(range->location));
    }
  }
}

}  // namespace strata::catalog
