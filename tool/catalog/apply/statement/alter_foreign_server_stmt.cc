// ALTER SERVER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterForeignServerStmt& statement) {
  const Name name{"", statement.servername, context.Find(statement.servername)};
  const NamedObject* server = NeedNamed(context, ObjectClass::kForeignServer, name, "server");
  if (server != nullptr)
    ChangeOptions(context, server->oid, statement.n_options, statement.options);
}

}  // namespace strata::catalog
