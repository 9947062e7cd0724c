#include "catalog/apply/call.h"

#include "catalog/apply/block/calls.h"

namespace strata::catalog {
namespace {

// The arguments' types, as the message names them.
std::string TypesOf(const Context& context, const sql::FuncCall& call) {
  std::string types;
  for (const sql::Node* n : sql::Each(call.n_args, call.args)) {
    Findings ignored;
    const TypeRef type = AnalyzeExpression(context.catalog, n, Scope{}, &ignored)->type;
    types += (types.empty() ? "" : ", ") +
             (type.type == 0 ? "unknown" : context.catalog.TypeName({type.type, -1}));
  }
  return types;
}

}  // namespace

void AnalyzeCall(Context& context, const sql::CallStmt& statement) {
  const sql::FuncCall* call = statement.funccall;
  if (call == nullptr) return;
  const Name name = context.NameOf(call->n_funcname, call->funcname);
  const std::vector<const Function*> named = context.catalog.FindFunctions(name.schema, name.name);
  bool procedure = false;
  for (const Function* f : named) procedure |= f->kind == FunctionKind::kProcedure;
  if (named.empty()) {
    context.Report(
        "undefined-function",
        "procedure " + name.Text() + "(" + TypesOf(context, *call) + ") does not exist", name.at,
        context.DidYouMean(name.name, context.catalog.NamesOf(ObjectClass::kFunction, 0)));
    return;
  }
  if (!procedure) {
    context.Report("wrong-object-type",
                   context.catalog.Signature(*named.front()) + " is not a procedure", name.at,
                   "to call a function, use SELECT");
    return;
  }
  FollowCall(context, *call, {}, Certainty::kRuns);
}

}  // namespace strata::catalog
