// CREATE CONVERSION
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateConversionStmt& statement) {
  MakeNamed(context, ObjectClass::kConversion,
            context.NameOf(statement.n_conversion_name, statement.conversion_name), true, 0,
            nullptr);
}

}  // namespace strata::catalog
