// LOCK TABLE
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::LockStmt& statement) {
  for (const sql::Node* n : sql::Each(statement.n_relations, statement.relations)) {
    const auto* range = sql::As<sql::RangeVar>(n);
    if (range == nullptr) continue;
    const Name name = context.NameOf(*range);
    const Relation* r = context.NeedRelation(name);
    if (r == nullptr || r->kind == RelationKind::kTable ||
        r->kind == RelationKind::kPartitionedTable || r->kind == RelationKind::kView)
      continue;
    context.Report("wrong-object-type", "cannot lock relation \"" + r->name + "\"", name.at);
  }
  if (!context.in_transaction) {
    context.Report("no-active-sql-transaction", "LOCK TABLE can only be used in transaction blocks",
                   context.Whole());
  }
}

}  // namespace strata::catalog
