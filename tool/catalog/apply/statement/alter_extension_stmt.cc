// ALTER EXTENSION … UPDATE
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterExtensionStmt& statement) {
  const Extension* found = context.catalog.FindExtension(statement.extname);
  if (found == nullptr) {
    context.Report(
        "undefined-object", "extension \"" + std::string(statement.extname) + "\" does not exist",
        context.Find(statement.extname),
        context.DidYouMean(statement.extname, context.catalog.NamesOf(ObjectClass::kExtension, 0)));
    return;
  }
  Extension extension = *found;
  for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o != nullptr && std::string_view(o->defname) == "new_version")
      extension.version = OptionText(o->arg);
  }
  context.edit.Put(std::move(extension));
}

}  // namespace strata::catalog
