// TRUNCATE
#include <set>

#include "catalog/apply/statement.h"

namespace strata::catalog {
namespace {

// The table, and unless ONLY is written its partitions and what inherits from it.
void AddWithChildren(const Catalog& catalog, Oid table, bool children, std::set<Oid>* all) {
  all->insert(table);
  if (!children) return;
  for (Oid child : catalog.ChildrenOf(table)) AddWithChildren(catalog, child, true, all);
}

}  // namespace

void ApplyStatement(Context& context, const sql::TruncateStmt& statement) {
  std::set<Oid> named;
  for (const sql::Node* n : sql::Each(statement.n_relations, statement.relations)) {
    const auto* range = sql::As<sql::RangeVar>(n);
    if (range == nullptr) continue;
    const Name name = context.NameOf(*range);
    const Relation* r = context.NeedRelation(name);
    if (r == nullptr) continue;
    if (r->kind != RelationKind::kTable && r->kind != RelationKind::kPartitionedTable &&
        r->kind != RelationKind::kForeignTable) {
      context.Report("wrong-object-type", "\"" + r->name + "\" is not a table", name.at);
      continue;
    }
    if (r->kind == RelationKind::kPartitionedTable && !range->inh) {
      context.Report("wrong-object-type", "cannot truncate only a partitioned table", name.at,
                     "leave ONLY out, or name the partitions");
      continue;
    }
    AddWithChildren(context.catalog, r->oid, range->inh, &named);
  }
  if (statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE) return;
  for (Oid oid : named) {
    for (const Constraint* key : context.catalog.ForeignKeysTo(oid)) {
      if (named.count(key->relation) > 0) continue;
      context.Report("feature-not-supported",
                     "cannot truncate a table referenced in a foreign key constraint",
                     context.Whole(),
                     "table \"" + context.catalog.relation(key->relation)->name +
                         "\" references \"" + context.catalog.relation(oid)->name +
                         "\"; truncate both at once, or use TRUNCATE ... CASCADE");
      return;
    }
  }
}

}  // namespace strata::catalog
