#include "catalog/apply/types.h"

#include "catalog/apply/names.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/table/constraint.h"

namespace strata::catalog {

Oid PlaceForType(Context& context, const Name& name) {
  const Oid schema = context.NeedCreationSchema(name);
  if (schema == 0) {
    context.Doubt(name.name);
    return 0;
  }
  const std::string type_name = Truncated(name.name);
  if (!context.catalog.TypeNameUsed(schema, type_name)) return schema;
  const Schema* s = context.catalog.schema(schema);
  const Type* taken = context.catalog.FindType(s->name, type_name);
  if (taken != nullptr && taken->shell) return schema;
  if (taken != nullptr && taken->is_array && TypeNameIsFree(context, schema, type_name, name.at))
    return schema;
  context.Report("duplicate-object", "type \"" + type_name + "\" already exists", name.at);
  return 0;
}

Oid MakeType(Context& context, Type type, bool with_array) {
  type.name = Truncated(type.name);
  if (type.owner.empty()) type.owner = context.catalog.session.role;
  const Oid schema = type.schema;
  const Schema* s = context.catalog.schema(schema);
  const Type* shell = context.catalog.FindType(s->name, type.name);
  if (shell != nullptr && shell->shell) type.oid = shell->oid;
  const Oid oid = context.edit.Put(std::move(type));
  context.edit.Depend({ObjectClass::kType, oid}, {ObjectClass::kSchema, schema});
  if (with_array) MakeArrayType(context, oid);
  return oid;
}

void AddDomainConstraint(Context& context, Oid domain, const sql::Constraint& node) {
  const Type* type = context.catalog.type(domain);
  switch (node.contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_NOTNULL:
      return context.edit.ChangeType(domain, [](Type* t) { t->not_null = true; });
    case PG_QUERY__CONSTR_TYPE__CONSTR_NULL:
      return;
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      break;
    default: {
      const char* what =
          node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE      ? "unique constraints"
          : node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY   ? "primary key constraints"
          : node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION ? "exclusion constraints"
          : node.contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN   ? "foreign key constraints"
                                                                    : "these constraints";
      context.Report("syntax-error", std::string(what) + " not possible for domains",
                     context.At(node.location));
      return;
    }
  }
  Scope scope;
  scope.place = ExprPlace::kDomainCheck;
  scope.extra_columns.push_back({"value", type->base, type->collation});
  Constraint c;
  c.kind = ConstraintKind::kCheck;
  c.domain = domain;
  c.check = AnalyzeExpression(context.catalog, node.raw_expr, scope, context.findings());
  c.validated = !node.skip_validation;
  if (node.conname != nullptr && node.conname[0] != '\0') {
    c.name = Truncated(node.conname);
    if (!ConstraintNameIsFree(context, domain, c.name, context.Find(node.conname))) return;
  } else {
    c.name = ChooseConstraintName(context.catalog, type->schema, type->name, "", "check", {});
  }
  const std::vector<ObjectRef> needs = ReferencesOf(*c.check);
  const ObjectRef self{ObjectClass::kConstraint, context.edit.Put(std::move(c))};
  context.edit.Depend(self, {ObjectClass::kType, domain}, DependencyKind::kAuto);
  context.edit.Depend(self, needs);
}

}  // namespace strata::catalog
