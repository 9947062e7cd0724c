// CREATE CAST
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateCastStmt& statement) {
  Cast cast;
  cast.source = AnalyzeTypeName(context.catalog, statement.sourcetype, context.findings()).type;
  cast.target = AnalyzeTypeName(context.catalog, statement.targettype, context.findings()).type;
  const Function* f =
      statement.func == nullptr ? nullptr : context.NeedFunction(*statement.func, "function");
  if (cast.source == 0 || cast.target == 0) return;
  cast.function = f == nullptr ? 0 : f->oid;
  cast.method = statement.func != nullptr ? 'f' : statement.inout ? 'i' : 'b';
  cast.context = statement.context == PG_QUERY__COERCION_CONTEXT__COERCION_IMPLICIT     ? 'i'
                 : statement.context == PG_QUERY__COERCION_CONTEXT__COERCION_ASSIGNMENT ? 'a'
                                                                                        : 'e';
  if (context.catalog.FindCast(cast.source, cast.target) != nullptr) {
    context.Report("duplicate-object",
                   "cast from type " + context.catalog.TypeName({cast.source, -1}) + " to type " +
                       context.catalog.TypeName({cast.target, -1}) + " already exists",
                   context.Whole());
    return;
  }
  const Cast made = cast;
  const ObjectRef self{ObjectClass::kCast, context.edit.Put(std::move(cast))};
  context.edit.Depend(self, {ObjectClass::kType, made.source});
  context.edit.Depend(self, {ObjectClass::kType, made.target});
  context.edit.Depend(self, {ObjectClass::kFunction, made.function});
}

}  // namespace strata::catalog
