// ALTER EVENT TRIGGER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterEventTrigStmt& statement) {
  const Name name{"", statement.trigname, context.Find(statement.trigname)};
  const NamedObject* trigger =
      NeedNamed(context, ObjectClass::kEventTrigger, name, "event trigger");
  if (trigger == nullptr) return;
  context.edit.ChangeNamed(trigger->oid,
                           [&](NamedObject* t) { t->options["enabled"] = statement.tgenabled; });
}

}  // namespace strata::catalog
