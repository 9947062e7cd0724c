// REASSIGN OWNED BY
#include <set>

#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::ReassignOwnedStmt& statement) {
  std::set<std::string> old;
  for (const sql::Node* n : sql::Each(statement.n_roles, statement.roles)) {
    if (const auto* spec = sql::As<sql::RoleSpec>(n)) old.insert(context.RoleOf(spec));
  }
  const std::string owner = context.RoleOf(statement.newrole);
  std::vector<Oid> relations, types, functions;
  std::vector<Schema> schemas;
  context.catalog.relations().ForEach([&](Oid oid, const std::shared_ptr<const Relation>& r) {
    if (old.count(r->owner) > 0) relations.push_back(oid);
  });
  context.catalog.types().ForEach([&](Oid oid, const std::shared_ptr<const Type>& t) {
    if (old.count(t->owner) > 0) types.push_back(oid);
  });
  context.catalog.functions().ForEach([&](Oid oid, const std::shared_ptr<const Function>& f) {
    if (old.count(f->owner) > 0) functions.push_back(oid);
  });
  context.catalog.schemas().ForEach([&](Oid, const std::shared_ptr<const Schema>& s) {
    if (old.count(s->owner) > 0) schemas.push_back(*s);
  });
  for (Oid oid : relations)
    context.edit.ChangeRelation(oid, [&](Relation* r) { r->owner = owner; });
  for (Oid oid : types) context.edit.ChangeType(oid, [&](Type* t) { t->owner = owner; });
  for (Oid oid : functions)
    context.edit.ChangeFunction(oid, [&](Function* f) { f->owner = owner; });
  for (Schema& schema : schemas) {
    schema.owner = owner;
    context.edit.Put(std::move(schema));
  }
}

}  // namespace strata::catalog
