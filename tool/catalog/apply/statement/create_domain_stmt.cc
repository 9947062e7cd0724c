// CREATE DOMAIN
#include "catalog/apply/statement.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/types.h"

namespace strata::catalog {
namespace {

void SetDomainDefault(Context& context, Oid domain, const sql::Node* value) {
  const Type* type = context.catalog.type(domain);
  Scope scope;
  scope.place = ExprPlace::kDefault;
  scope.expected = type->base;
  scope.target_name = type->name;
  const ExprPtr expression = AnalyzeExpression(context.catalog, value, scope, context.findings());
  context.edit.ChangeType(domain, [&](Type* t) { t->default_value = expression; });
  context.edit.Depend({ObjectClass::kType, domain}, ReferencesOf(*expression));
}

}  // namespace

void ApplyStatement(Context& context, const sql::CreateDomainStmt& statement) {
  const Name name = context.NameOf(statement.n_domainname, statement.domainname);
  const Oid schema = PlaceForType(context, name);
  if (schema == 0) return;
  Type type;
  type.schema = schema;
  type.name = name.name;
  type.kind = TypeKind::kDomain;
  type.base = AnalyzeTypeName(context.catalog, statement.type_name, context.findings());
  const Type* base = context.catalog.type(type.base.type);
  if (base != nullptr) {
    type.category = base->category;
    type.collation = base->collation;
    if (base->kind == TypeKind::kPseudo) {
      context.Report(
          "datatype-mismatch",
          "\"" + context.catalog.TypeName(type.base) + "\" is not a valid base type for a domain",
          context.At(statement.type_name->location));
    }
  }
  if (statement.coll_clause != nullptr) {
    const Name collation =
        context.NameOf(statement.coll_clause->n_collname, statement.coll_clause->collname);
    const NamedObject* found =
        context.catalog.FindNamed(ObjectClass::kCollation, collation.schema, collation.name);
    if (found != nullptr) type.collation = found->oid;
    if (found == nullptr) {
      context.Report("undefined-object",
                     "collation \"" + collation.Text() + "\" for encoding \"UTF8\" does not exist",
                     collation.at);
    }
  }
  const Oid base_oid = type.base.type;
  const Oid domain = MakeType(context, std::move(type));
  context.edit.Depend({ObjectClass::kType, domain}, {ObjectClass::kType, base_oid});
  for (const sql::Node* n : sql::Each(statement.n_constraints, statement.constraints)) {
    const auto* c = sql::As<sql::Constraint>(n);
    if (c == nullptr) continue;
    if (c->contype == PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT) {
      SetDomainDefault(context, domain, c->raw_expr);
    } else {
      AddDomainConstraint(context, domain, *c);
    }
  }
}

}  // namespace strata::catalog
