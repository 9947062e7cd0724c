// CREATE CONVERSION
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateConversionStmt& statement) {
  const Oid oid = MakeNamed(context, ObjectClass::kConversion,
                            context.NameOf(statement.n_conversion_name, statement.conversion_name),
                            true, 0, nullptr);
  if (oid == 0) return;
  context.edit.ChangeNamed(oid, [&](NamedObject* conversion) {
    if (statement.def) conversion->options["DEFAULT"] = "";
    conversion->options["FOR"] = statement.for_encoding_name;
    conversion->options["TO"] = statement.to_encoding_name;
    conversion->definition =
        StoredFunction(context, context.NameOf(statement.n_func_name, statement.func_name));
  });
}

}  // namespace strata::catalog
