// SET CONSTRAINTS
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::ConstraintsSetStmt& statement) {
  for (const sql::Node* n : sql::Each(statement.n_constraints, statement.constraints)) {
    const auto* range = sql::As<sql::RangeVar>(n);
    if (range == nullptr) continue;
    const std::string name = range->relname;
    bool found = false;
    for (Oid schema : context.catalog.SearchPath())
      found |= context.catalog.ConstraintNameUsed(schema, name);
    const Schema* given =
        range->schemaname == nullptr ? nullptr : context.catalog.FindSchema(range->schemaname);
    if (given != nullptr) found |= context.catalog.ConstraintNameUsed(given->oid, name);
    if (!found) {
      context.Report("undefined-object", "constraint \"" + name + "\" does not exist",
                     context.At(range->location));
    }
  }
}

}  // namespace strata::catalog
