// ALTER FUNCTION, ALTER PROCEDURE, ALTER ROUTINE: options
#include "catalog/apply/routine.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterFunctionStmt& statement) {
  const char* word = statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_PROCEDURE ? "procedure"
                     : statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_ROUTINE ? "routine"
                                                                                  : "function";
  const Function* f = context.NeedFunction(*statement.func, word);
  if (f == nullptr) return;
  for (const sql::Node* n : sql::Each(statement.n_actions, statement.actions)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o == nullptr || f->kind != FunctionKind::kProcedure || !IsForFunctionsAlone(o->defname))
      continue;
    return context.Report("invalid-function-definition",
                          "invalid attribute in procedure definition", context.At(o->location),
                          "leave it out: it is for functions alone");
  }
  context.edit.ChangeFunction(f->oid, [&](Function* function) {
    for (const sql::Node* n : sql::Each(statement.n_actions, statement.actions)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o == nullptr) continue;
      const std::string_view option = o->defname;
      const std::string value = OptionText(o->arg);
      if (option == "volatility") function->volatility = value[0];
      if (option == "strict") function->strict = OptionIsTrue(o->arg);
      if (option == "security") function->security_definer = OptionIsTrue(o->arg);
      if (option == "leakproof") function->leakproof = OptionIsTrue(o->arg);
      if (option == "parallel") function->parallel = value[0];
      if (option == "cost") function->cost = std::atof(value.c_str());
      if (option == "rows") function->rows = std::atof(value.c_str());
      const auto* set = option == "set" ? sql::As<sql::VariableSetStmt>(o->arg) : nullptr;
      if (set == nullptr) continue;
      if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_RESET_ALL) {
        function->settings.clear();
      } else if (set->kind == PG_QUERY__VARIABLE_SET_KIND__VAR_SET_VALUE) {
        std::string text;
        for (const sql::Node* a : sql::Each(set->n_args, set->args))
          text += (text.empty() ? "" : ", ") + OptionText(a);
        function->settings[set->name] = text;
      } else {
        function->settings.erase(set->name);
      }
    }
  });
}

}  // namespace strata::catalog
