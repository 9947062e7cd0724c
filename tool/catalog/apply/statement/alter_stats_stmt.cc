// ALTER STATISTICS
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterStatsStmt& statement) {
  const Name name = context.NameOf(statement.n_defnames, statement.defnames);
  const NamedObject* s =
      NeedNamed(context, ObjectClass::kStatistics, name, "statistics object", statement.missing_ok);
  if (s == nullptr) return;
  context.edit.ChangeNamed(s->oid, [&](NamedObject* o) {
    if (statement.stxstattarget < 0) {
      o->options.erase("target");
    } else {
      o->options["target"] = std::to_string(statement.stxstattarget);
    }
  });
}

}  // namespace strata::catalog
