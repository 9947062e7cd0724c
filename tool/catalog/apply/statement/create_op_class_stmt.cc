// CREATE OPERATOR CLASS
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateOpClassStmt& statement) {
  const Name name = context.NameOf(statement.n_opclassname, statement.opclassname);
  OperatorClass c;
  c.schema = context.NeedCreationSchema(name);
  if (c.schema == 0) return;
  c.name = Truncated(name.name);
  c.method = statement.amname;
  c.input = AnalyzeTypeName(context.catalog, statement.datatype, context.findings()).type;
  c.is_default = statement.is_default;
  const Schema* schema = context.catalog.schema(c.schema);
  if (context.catalog.FindOperatorClass(c.method, schema->name, c.name) != nullptr) {
    context.Report(
        "duplicate-object",
        "operator class \"" + c.name + "\" for access method \"" + c.method + "\" already exists",
        name.at);
    return;
  }
  const OperatorClass made = c;
  const ObjectRef self{ObjectClass::kOperatorClass, context.edit.Put(std::move(c))};
  context.edit.Depend(self, {ObjectClass::kSchema, made.schema});
  context.edit.Depend(self, {ObjectClass::kType, made.input});
}

}  // namespace strata::catalog
