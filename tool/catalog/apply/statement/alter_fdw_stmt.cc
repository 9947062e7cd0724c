// ALTER FOREIGN DATA WRAPPER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterFdwStmt& statement) {
  const Name name{"", statement.fdwname, context.Find(statement.fdwname)};
  const NamedObject* fdw =
      NeedNamed(context, ObjectClass::kForeignDataWrapper, name, "foreign-data wrapper");
  if (fdw != nullptr) ChangeOptions(context, fdw->oid, statement.n_options, statement.options);
}

}  // namespace strata::catalog
