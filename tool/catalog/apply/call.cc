#include "catalog/apply/call.h"

#include "catalog/apply/block/calls.h"

namespace strata::catalog {

void AnalyzeCall(Context& context, const sql::CallStmt& statement) {
  const sql::FuncCall* call = statement.funccall;
  if (call == nullptr) return;
  const Name name = context.NameOf(call->n_funcname, call->funcname);
  const std::vector<const Function*> named = context.catalog.FindFunctions(name.schema, name.name);
  bool procedure = false;
  for (const Function* f : named) procedure |= f->kind == FunctionKind::kProcedure;
  if (named.empty()) {
    context.Report(
        "undefined-function", "procedure " + name.Text() + " does not exist", name.at,
        context.DidYouMean(name.name, context.catalog.NamesOf(ObjectClass::kFunction, 0)));
    return;
  }
  if (!procedure) {
    context.Report("wrong-object-type",
                   context.catalog.Signature(*named.front()) + " is not a procedure", name.at,
                   "to call a function, use SELECT");
    return;
  }
  FollowCall(context, *call, {}, Certainty::kRuns, 0);
}

}  // namespace strata::catalog
