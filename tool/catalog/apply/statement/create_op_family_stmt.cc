// CREATE OPERATOR FAMILY
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateOpFamilyStmt& statement) {
  MakeNamed(context, ObjectClass::kOperatorFamily,
            context.NameOf(statement.n_opfamilyname, statement.opfamilyname), true, 0, nullptr);
}

}  // namespace strata::catalog
