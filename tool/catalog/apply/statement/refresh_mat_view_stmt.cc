// REFRESH MATERIALIZED VIEW
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::RefreshMatViewStmt& statement) {
  const Name name = context.NameOf(*statement.relation);
  const Relation* r = context.NeedRelation(name);
  if (r == nullptr) return;
  if (r->kind != RelationKind::kMaterializedView) {
    context.Report("wrong-object-type", "\"" + r->name + "\" is not a materialized view", name.at);
    return;
  }
  if (statement.concurrent) {
    bool unique = false;
    for (const Relation* index : context.catalog.IndexesOf(r->oid)) {
      bool plain = index->index->unique && index->index->predicate == nullptr;
      for (const IndexKey& key : index->index->keys) plain &= key.column != 0;
      unique |= plain;
    }
    if (!unique) {
      context.Report("object-not-in-prerequisite-state",
                     "cannot refresh materialized view \"" +
                         context.catalog.schema(r->schema)->name + "." + r->name +
                         "\" concurrently",
                     name.at,
                     "create a unique index with no WHERE clause on one or more columns of the "
                     "materialized view");
    }
    if (!r->populated) {
      context.Report("feature-not-supported",
                     "CONCURRENTLY cannot be used when the materialized view is not populated",
                     name.at);
    }
  }
  context.edit.ChangeRelation(r->oid,
                              [&](Relation* view) { view->populated = !statement.skip_data; });
}

}  // namespace strata::catalog
