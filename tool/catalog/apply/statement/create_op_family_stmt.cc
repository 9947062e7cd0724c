// CREATE OPERATOR FAMILY
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateOpFamilyStmt& statement) {
  const Oid oid =
      MakeNamed(context, ObjectClass::kOperatorFamily,
                context.NameOf(statement.n_opfamilyname, statement.opfamilyname), true, 0, nullptr);
  if (oid == 0) return;
  context.edit.ChangeNamed(oid, [&](NamedObject* f) { f->options["USING"] = statement.amname; });
}

}  // namespace strata::catalog
