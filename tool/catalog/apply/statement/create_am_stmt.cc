// CREATE ACCESS METHOD
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateAmStmt& statement) {
  MakeNamed(context, ObjectClass::kAccessMethod,
            {"", statement.amname, context.Find(statement.amname)}, false, 0, nullptr);
}

}  // namespace strata::catalog
