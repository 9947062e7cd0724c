// CREATE ACCESS METHOD
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateAmStmt& statement) {
  const Oid oid =
      MakeNamed(context, ObjectClass::kAccessMethod,
                {"", statement.amname, context.Find(statement.amname)}, false, 0, nullptr);
  if (oid == 0) return;
  context.edit.ChangeNamed(oid, [&](NamedObject* method) {
    method->options["TYPE"] =
        statement.amtype != nullptr && statement.amtype[0] == 'i' ? "INDEX" : "TABLE";
    method->options["HANDLER"] =
        StoredFunction(context, context.NameOf(statement.n_handler_name, statement.handler_name));
  });
}

}  // namespace strata::catalog
