// CREATE SERVER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateForeignServerStmt& statement) {
  const Name fdw{"", statement.fdwname, context.Find(statement.fdwname)};
  const NamedObject* wrapper =
      NeedNamed(context, ObjectClass::kForeignDataWrapper, fdw, "foreign-data wrapper");
  const Oid oid = MakeNamed(context, ObjectClass::kForeignServer,
                            {"", statement.servername, context.Find(statement.servername)}, false,
                            statement.n_options, statement.options, statement.if_not_exists);
  if (oid == 0 || wrapper == nullptr) return;
  context.edit.ChangeNamed(oid, [&](NamedObject* server) {
    server->definition = wrapper->name;
    const auto set = [&](const char* key, const char* value) {
      if (value != nullptr && value[0] != '\0') server->options[key] = value;
    };
    set("TYPE", statement.servertype);
    set("VERSION", statement.version);
  });
  context.edit.Depend({ObjectClass::kForeignServer, oid},
                      {ObjectClass::kForeignDataWrapper, wrapper->oid});
}

}  // namespace strata::catalog
