// CREATE LANGUAGE
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreatePLangStmt& statement) {
  const NamedObject* there =
      context.catalog.FindNamed(ObjectClass::kLanguage, "", statement.plname);
  if (there != nullptr && statement.replace) return;
  const Oid oid =
      MakeNamed(context, ObjectClass::kLanguage,
                {"", statement.plname, context.Find(statement.plname)}, false, 0, nullptr);
  if (oid == 0) return;
  context.edit.ChangeNamed(oid, [&](NamedObject* language) {
    const auto set = [&](const char* key, std::size_t count, sql::Node* const* name) {
      if (count > 0) language->options[key] = StoredFunction(context, context.NameOf(count, name));
    };
    if (statement.pltrusted) language->options["TRUSTED"] = "";
    set("HANDLER", statement.n_plhandler, statement.plhandler);
    set("INLINE", statement.n_plinline, statement.plinline);
    set("VALIDATOR", statement.n_plvalidator, statement.plvalidator);
  });
}

}  // namespace strata::catalog
