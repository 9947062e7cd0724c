// CREATE LANGUAGE
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreatePLangStmt& statement) {
  const NamedObject* there =
      context.catalog.FindNamed(ObjectClass::kLanguage, "", statement.plname);
  if (there != nullptr && statement.replace) return;
  MakeNamed(context, ObjectClass::kLanguage, {"", statement.plname, context.Find(statement.plname)},
            false, 0, nullptr);
}

}  // namespace strata::catalog
