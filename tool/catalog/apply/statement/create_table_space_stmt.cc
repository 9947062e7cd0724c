// CREATE TABLESPACE
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateTableSpaceStmt& statement) {
  context.OutsideTransaction("CREATE TABLESPACE");
  MakeNamed(context, ObjectClass::kTablespace,
            {"", statement.tablespacename, context.Find(statement.tablespacename)}, false, 0,
            nullptr);
}

}  // namespace strata::catalog
