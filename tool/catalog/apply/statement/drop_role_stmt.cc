// DROP ROLE
#include "catalog/apply/privileges.h"
#include "catalog/apply/statement.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {
namespace {

bool Names(const std::vector<std::string>& items, const std::string& role) {
  for (const std::string& item : items) {
    if (item.starts_with(role + "=")) return true;
  }
  return false;
}

// What the role owns or has been granted (pg_shdepend).
std::string UseOf(const Catalog& catalog, const std::string& role) {
  std::string use;
  auto note = [&](const std::string& words) {
    if (use.empty()) use = words;
  };
  catalog.relations().ForEach([&](Oid oid, const std::shared_ptr<const Relation>& r) {
    if (r->owner == role) note("owner of " + catalog.Identify({ObjectClass::kRelation, oid}));
  });
  catalog.schemas().ForEach([&](Oid oid, const std::shared_ptr<const Schema>& s) {
    if (s->owner == role) note("owner of " + catalog.Identify({ObjectClass::kSchema, oid}));
  });
  catalog.functions().ForEach([&](Oid oid, const std::shared_ptr<const Function>& f) {
    if (f->owner == role) note("owner of " + catalog.Identify({ObjectClass::kFunction, oid}));
  });
  catalog.types().ForEach([&](Oid oid, const std::shared_ptr<const Type>& t) {
    if (t->owner == role) note("owner of " + catalog.Identify({ObjectClass::kType, oid}));
  });
  catalog.privileges().ForEach([&](const ObjectRef& object, const std::vector<std::string>& items) {
    if (Names(items, role)) note("privileges for " + catalog.Identify(object));
  });
  catalog.policies().ForEach([&](Oid oid, const std::shared_ptr<const Policy>& p) {
    for (const std::string& r : p->roles) {
      if (r == role) note("target of " + catalog.Identify({ObjectClass::kPolicy, oid}));
    }
  });
  catalog.named_objects().ForEach([&](Oid, const std::shared_ptr<const NamedObject>& n) {
    if (n->cls != ObjectClass::kDefaultPrivileges) return;
    if (n->name.starts_with(role + "/") || n->name.ends_with("/" + role))
      note("default privileges");
  });
  return use;
}

}  // namespace

void ApplyStatement(Context& context, const sql::DropRoleStmt& statement) {
  for (const sql::Node* n : sql::Each(statement.n_roles, statement.roles)) {
    const auto* spec = sql::As<sql::RoleSpec>(n);
    if (spec == nullptr || spec->rolename == nullptr) continue;
    const std::string name = spec->rolename;
    const Role* role = context.catalog.FindRole(name);
    if (role == nullptr) {
      if (!statement.missing_ok && !facts::IsRole(name))
        context.CheckRole(name, context.At(spec->location));
      continue;
    }
    const std::string use = UseOf(context.catalog, name);
    if (!use.empty()) {
      context.Report("dependent-objects-still-exist",
                     "role \"" + name + "\" cannot be dropped because some objects depend on it",
                     context.At(spec->location),
                     use + "; revoke or reassign first (DROP OWNED BY, REASSIGN OWNED BY)");
      continue;
    }
    context.edit.Erase({ObjectClass::kRole, role->oid});
  }
}

}  // namespace strata::catalog
