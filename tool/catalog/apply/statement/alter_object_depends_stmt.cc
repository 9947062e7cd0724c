// ALTER … DEPENDS ON EXTENSION
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterObjectDependsStmt& statement) {
  const std::string name = statement.extname == nullptr ? "" : statement.extname->sval;
  if (context.catalog.FindExtension(name) == nullptr) {
    context.Report("undefined-object", "extension \"" + name + "\" does not exist",
                   context.Find(name));
  }
}

}  // namespace strata::catalog
