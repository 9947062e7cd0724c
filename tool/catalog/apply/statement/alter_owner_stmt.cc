// ALTER … OWNER TO (for all but tables, which have it as a subcommand)
#include "catalog/apply/object.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterOwnerStmt& statement) {
  const FoundObject found = FindObject(context, statement.object_type, statement.object, false);
  const std::string owner = context.RoleOf(statement.newowner);
  if (!found.known) return;
  switch (found.object.cls) {
    case ObjectClass::kSchema: {
      Schema schema = *context.catalog.schema(found.object.oid);
      schema.owner = owner;
      context.edit.Put(std::move(schema));
      return;
    }
    case ObjectClass::kType: {
      const Type* type = context.catalog.type(found.object.oid);
      const Oid array = type->array, relation = type->relation;
      context.edit.ChangeType(found.object.oid, [&](Type* t) { t->owner = owner; });
      context.edit.ChangeType(array, [&](Type* t) { t->owner = owner; });
      context.edit.ChangeRelation(relation, [&](Relation* r) { r->owner = owner; });
      return;
    }
    case ObjectClass::kFunction:
      return context.edit.ChangeFunction(found.object.oid, [&](Function* f) { f->owner = owner; });
    default:
      return context.edit.ChangeNamed(found.object.oid, [&](NamedObject* n) { n->owner = owner; });
  }
}

}  // namespace strata::catalog
