// DROP of nearly everything
#include "catalog/apply/object.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::DropStmt& statement) {
  if (statement.concurrent) context.OutsideTransaction("DROP INDEX CONCURRENTLY");
  const bool cascade = statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE;
  std::vector<ObjectRef> objects;
  Span first = context.Whole();
  for (const sql::Node* node : sql::Each(statement.n_objects, statement.objects)) {
    const FoundObject found =
        FindObject(context, statement.remove_type, node, statement.missing_ok, true);
    if (!found.known) continue;
    if (objects.empty()) first = found.at;
    ObjectRef object = found.object;
    if (object.cls == ObjectClass::kType) {
      const Type* type = context.catalog.type(object.oid);
      const Relation* row = type == nullptr ? nullptr : context.catalog.relation(type->relation);
      if (row != nullptr && row->kind != RelationKind::kCompositeType) {
        context.Report(
            "dependent-objects-still-exist",
            "cannot drop " + context.catalog.Identify(object) + " because " +
                context.catalog.Identify({ObjectClass::kRelation, row->oid}) + " requires it",
            found.at,
            "drop " + context.catalog.Identify({ObjectClass::kRelation, row->oid}) + " instead");
        continue;
      }
    }
    const bool pinned = object.oid < kFirstUserOid && object.oid != kPublicSchema &&
                        object.cls != ObjectClass::kExtension;
    if (pinned) {
      context.Report("dependent-objects-still-exist",
                     "cannot drop " + context.catalog.Identify(object) +
                         " because it is required by the database system",
                     found.at);
      continue;
    }
    if (object.cls == ObjectClass::kRelation && statement.concurrent && cascade) {
      context.Report("feature-not-supported", "DROP INDEX CONCURRENTLY does not support CASCADE",
                     found.at);
    }
    objects.push_back(object);
  }
  context.Drop(objects, cascade, first);
}

}  // namespace strata::catalog
