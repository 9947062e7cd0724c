// CREATE FOREIGN DATA WRAPPER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateFdwStmt& statement) {
  MakeNamed(context, ObjectClass::kForeignDataWrapper,
            {"", statement.fdwname, context.Find(statement.fdwname)}, false, statement.n_options,
            statement.options);
}

}  // namespace strata::catalog
