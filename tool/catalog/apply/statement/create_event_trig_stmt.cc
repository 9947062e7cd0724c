// CREATE EVENT TRIGGER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"
#include "sql/parse.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateEventTrigStmt& statement) {
  const Name function = context.NameOf(statement.n_funcname, statement.funcname);
  const Function* found = nullptr;
  for (const Function* f : context.catalog.FindFunctions(function.schema, function.name)) {
    if (f->inputs.empty()) found = f;
  }
  if (found == nullptr) {
    context.Report("undefined-function", "function " + function.Text() + "() does not exist",
                   function.at);
  } else if (found->result.type != 3838 && found->result.type != 0) {
    context.Report("invalid-object-definition",
                   "function " + function.Text() + " must return type event_trigger", function.at);
  }
  const Oid oid =
      MakeNamed(context, ObjectClass::kEventTrigger,
                {"", statement.trigname, context.Find(statement.trigname)}, false, 0, nullptr);
  if (oid == 0) return;
  context.edit.ChangeNamed(oid, [&](NamedObject* trigger) {
    trigger->definition = sql::Deparse(context.statement.tree);
  });
  if (found != nullptr)
    context.edit.Depend({ObjectClass::kEventTrigger, oid}, {ObjectClass::kFunction, found->oid});
}

}  // namespace strata::catalog
