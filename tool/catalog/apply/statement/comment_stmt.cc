// COMMENT ON
#include "catalog/apply/object.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CommentStmt& statement) {
  const FoundObject found = FindObject(context, statement.objtype, statement.object, false);
  if (!found.known) return;
  if (found.object.cls == ObjectClass::kRelation && found.object.column != 0) {
    const Relation* r = context.catalog.relation(found.object.oid);
    const bool fits = r->kind != RelationKind::kIndex && r->kind != RelationKind::kSequence &&
                      r->kind != RelationKind::kPartitionedIndex;
    if (!fits) {
      context.Report("wrong-object-type", "cannot set comment on relation \"" + r->name + "\"",
                     found.at);
      return;
    }
  }
  context.edit.SetComment(found.object, statement.comment == nullptr ? "" : statement.comment);
}

}  // namespace strata::catalog
