// DROP OWNED BY
#include "catalog/apply/privileges.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {
namespace {

void RevokeAll(Context& context, const std::string& role) {
  std::vector<ObjectRef> objects;
  context.catalog.privileges().ForEach(
      [&](const ObjectRef& object, const std::vector<std::string>&) { objects.push_back(object); });
  for (const ObjectRef& object : objects) {
    AccessList access = AccessOf(context.catalog, object);
    access.erase(role);
    StoreAccess(context, object, access);
  }
  std::vector<ObjectRef> defaults;
  context.catalog.named_objects().ForEach(
      [&](Oid oid, const std::shared_ptr<const NamedObject>& n) {
        if (n->cls != ObjectClass::kDefaultPrivileges) return;
        if (n->name.starts_with(role + "/") || n->name.ends_with("/" + role))
          defaults.push_back({n->cls, oid});
      });
  for (const ObjectRef& d : defaults) context.edit.Erase(d);
}

}  // namespace

void ApplyStatement(Context& context, const sql::DropOwnedStmt& statement) {
  for (const sql::Node* n : sql::Each(statement.n_roles, statement.roles)) {
    const auto* spec = sql::As<sql::RoleSpec>(n);
    if (spec == nullptr) continue;
    const std::string role = context.RoleOf(spec);
    std::vector<ObjectRef> owned;
    context.catalog.relations().ForEach([&](Oid oid, const std::shared_ptr<const Relation>& r) {
      if (r->owner == role && !r->index && r->kind != RelationKind::kCompositeType)
        owned.push_back({ObjectClass::kRelation, oid});
    });
    context.catalog.types().ForEach([&](Oid oid, const std::shared_ptr<const Type>& t) {
      const Relation* row = context.catalog.relation(t->relation);
      const bool own = row == nullptr || row->kind == RelationKind::kCompositeType;
      if (t->owner == role && own && !t->is_array) owned.push_back({ObjectClass::kType, oid});
    });
    context.catalog.functions().ForEach([&](Oid oid, const std::shared_ptr<const Function>& f) {
      if (f->owner == role) owned.push_back({ObjectClass::kFunction, oid});
    });
    context.catalog.schemas().ForEach([&](Oid oid, const std::shared_ptr<const Schema>& s) {
      if (s->owner == role) owned.push_back({ObjectClass::kSchema, oid});
    });
    context.Drop(owned, statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE,
                 context.Whole());
    RevokeAll(context, role);
  }
}

}  // namespace strata::catalog
