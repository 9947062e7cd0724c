// CREATE ROLE, CREATE USER, CREATE GROUP
#include "catalog/apply/statement.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateRoleStmt& statement) {
  const std::string name = statement.role;
  const Span at = context.Find(name);
  if (name.starts_with("pg_")) {
    context.Report("reserved-name", "role name \"" + name + "\" is reserved", at,
                   "role names starting with \"pg_\" are reserved");
    return;
  }
  if (context.catalog.FindRole(name) != nullptr || facts::IsRole(name)) {
    context.Report("duplicate-object", "role \"" + name + "\" already exists", at);
    return;
  }
  Role role;
  role.name = name;
  for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o != nullptr && std::string_view(o->defname) != "password")
      role.options[o->defname] = OptionText(o->arg);
  }
  context.edit.Put(std::move(role));
}

}  // namespace strata::catalog
