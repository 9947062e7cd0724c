// COPY
#include <set>

#include "catalog/apply/query.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CopyStmt& statement) {
  if (statement.query != nullptr) return ApplyQuery(context, statement.query);
  if (statement.relation == nullptr) return;
  const Name name = context.NameOf(*statement.relation);
  const Relation* r = context.NeedRelation(name);
  if (r == nullptr) return;
  const bool takes_rows = r->kind == RelationKind::kTable ||
                          r->kind == RelationKind::kPartitionedTable ||
                          r->kind == RelationKind::kForeignTable || r->kind == RelationKind::kView;
  if (statement.is_from && !takes_rows) {
    context.Report("wrong-object-type",
                   "cannot copy to " + context.catalog.Describe({ObjectClass::kRelation, r->oid}),
                   name.at);
  }
  std::set<std::string> seen;
  for (const sql::Node* n : sql::Each(statement.n_attlist, statement.attlist)) {
    const std::string column(sql::StringOf(n));
    const Column* c = context.NeedColumn(*r, column, context.Find(column, name.at.end));
    if (!seen.insert(column).second) {
      context.Report("duplicate-column", "column \"" + column + "\" specified more than once",
                     context.Find(column, name.at.end));
    }
    if (c != nullptr && c->generated != 0) {
      context.Report("invalid-column-reference", "column \"" + column + "\" is a generated column",
                     context.Find(column, name.at.end));
    }
  }
}

}  // namespace strata::catalog
