// ALTER TYPE … SET
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterTypeStmt& statement) {
  const Name name = context.NameOf(statement.n_type_name, statement.type_name);
  const Type* type = context.NeedType(name);
  if (type == nullptr) return;
  context.edit.ChangeType(type->oid, [&](Type* t) {
    for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
      if (const auto* o = sql::As<sql::DefElem>(n)) t->options[o->defname] = OptionText(o->arg);
    }
  });
}

}  // namespace strata::catalog
