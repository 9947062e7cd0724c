// ALTER EXTENSION … ADD, DROP
#include "catalog/apply/object.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterExtensionContentsStmt& statement) {
  const Extension* extension = context.catalog.FindExtension(statement.extname);
  if (extension == nullptr) {
    context.Report("undefined-object",
                   "extension \"" + std::string(statement.extname) + "\" does not exist",
                   context.Find(statement.extname));
    return;
  }
  const FoundObject found = FindObject(context, statement.objtype, statement.object, false);
  if (!found.known) return;
  const ObjectRef on{ObjectClass::kExtension, extension->oid};
  if (statement.action > 0) {
    context.edit.Depend(found.object, on, DependencyKind::kExtension);
  } else {
    context.edit.ForgetNeed(found.object, on);
  }
}

}  // namespace strata::catalog
