// CREATE EVENT TRIGGER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

std::string Quoted(const sql::List* words) {
  std::string text;
  for (const sql::Node* n : sql::Each(words))
    text += (text.empty() ? "" : ", ") + QuoteLiteral(sql::StringOf(n));
  return text;
}

}  // namespace

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
    trigger->options["event"] = statement.eventname;
    trigger->definition = StoredFunction(context, function);
    for (const sql::Node* n : sql::Each(statement.n_whenclause, statement.whenclause)) {
      if (const auto* filter = sql::As<sql::DefElem>(n))
        trigger->options["tags"] = Quoted(sql::As<sql::List>(filter->arg));
    }
  });
  if (found != nullptr)
    context.edit.Depend({ObjectClass::kEventTrigger, oid}, {ObjectClass::kFunction, found->oid});
}

}  // namespace strata::catalog
