// DROP USER MAPPING
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::DropUserMappingStmt& statement) {
  const Name name{"", statement.servername, context.Find(statement.servername)};
  const NamedObject* server =
      NeedNamed(context, ObjectClass::kForeignServer, name, "server", statement.missing_ok);
  const std::string user = context.RoleOf(statement.user);
  if (server == nullptr) return;
  const NamedObject* mapping =
      context.catalog.FindNamed(ObjectClass::kUserMapping, "", user + "@" + server->name);
  if (mapping != nullptr) {
    context.Drop({{ObjectClass::kUserMapping, mapping->oid}}, false, name.at);
  } else if (!statement.missing_ok) {
    context.Report(
        "undefined-object",
        "user mapping for \"" + user + "\" does not exist for server \"" + server->name + "\"",
        name.at);
  }
}

}  // namespace strata::catalog
