// CREATE FOREIGN TABLE
#include "catalog/apply/statement.h"
#include "catalog/apply/table/create.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateForeignTableStmt& statement) {
  const NamedObject* server =
      context.catalog.FindNamed(ObjectClass::kForeignServer, "", statement.servername);
  if (server == nullptr) {
    context.Report("undefined-object",
                   "server \"" + std::string(statement.servername) + "\" does not exist",
                   context.Find(statement.servername));
  }
  CreateTable(context, *statement.base_stmt, RelationKind::kForeignTable,
              server == nullptr ? 0 : server->oid);
}

}  // namespace strata::catalog
