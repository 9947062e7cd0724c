// CLUSTER
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::ClusterStmt& statement) {
  if (statement.relation == nullptr) {
    context.OutsideTransaction("CLUSTER");
    return;
  }
  const Relation* r = context.NeedRelation(context.NameOf(*statement.relation));
  if (r == nullptr || statement.indexname == nullptr || statement.indexname[0] == 0) return;
  Oid chosen = 0;
  std::vector<Oid> indexes;
  for (const Relation* index : context.catalog.IndexesOf(r->oid)) {
    indexes.push_back(index->oid);
    if (index->name == statement.indexname) chosen = index->oid;
  }
  if (chosen == 0) {
    context.Report("undefined-object",
                   "index \"" + std::string(statement.indexname) + "\" for table \"" + r->name +
                       "\" does not exist",
                   context.Find(statement.indexname));
    return;
  }
  for (Oid index : indexes)
    context.edit.ChangeRelation(index, [&](Relation* i) { i->index->clustered = index == chosen; });
}

}  // namespace strata::catalog
