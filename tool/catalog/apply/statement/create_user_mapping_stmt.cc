// CREATE USER MAPPING
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateUserMappingStmt& statement) {
  const Name name{"", statement.servername, context.Find(statement.servername)};
  const NamedObject* server = NeedNamed(context, ObjectClass::kForeignServer, name, "server");
  const std::string user = context.RoleOf(statement.user);
  if (server == nullptr) return;
  const Oid server_oid = server->oid;
  const Oid oid =
      MakeNamed(context, ObjectClass::kUserMapping, {"", user + "@" + server->name, name.at}, false,
                statement.n_options, statement.options, statement.if_not_exists);
  if (oid != 0)
    context.edit.Depend({ObjectClass::kUserMapping, oid},
                        {ObjectClass::kForeignServer, server_oid});
}

}  // namespace strata::catalog
