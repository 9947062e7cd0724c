// CREATE FOREIGN DATA WRAPPER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateFdwStmt& statement) {
  const Oid oid = MakeNamed(context, ObjectClass::kForeignDataWrapper,
                            {"", statement.fdwname, context.Find(statement.fdwname)}, false,
                            statement.n_options, statement.options);
  if (oid == 0) return;
  for (const sql::Node* n : sql::Each(statement.n_func_options, statement.func_options)) {
    const auto* option = sql::As<sql::DefElem>(n);
    const auto* name = option == nullptr ? nullptr : sql::As<sql::List>(option->arg);
    if (name == nullptr) continue;
    const bool handler = std::string_view(option->defname) == "handler";
    context.edit.ChangeNamed(oid, [&](NamedObject* wrapper) {
      wrapper->options[handler ? "HANDLER" : "VALIDATOR"] =
          StoredFunction(context, context.NameOf(name->n_items, name->items));
    });
  }
}

}  // namespace strata::catalog
