// ALTER DOMAIN
#include "catalog/apply/statement.h"
#include "catalog/apply/types.h"

namespace strata::catalog {
namespace {

void SetDefault(Context& context, Oid domain, const sql::Node* value) {
  if (value == nullptr) {
    context.edit.ChangeType(domain, [](Type* t) { t->default_value = nullptr; });
    return;
  }
  Scope scope;
  scope.place = ExprPlace::kDefault;
  scope.expected = context.catalog.type(domain)->base;
  const ExprPtr expression = AnalyzeExpression(context.catalog, value, scope, context.findings());
  context.edit.ChangeType(domain, [&](Type* t) { t->default_value = expression; });
  context.edit.Depend({ObjectClass::kType, domain}, ReferencesOf(*expression));
}

const Constraint* NeedConstraint(Context& context, Oid domain,
                                 const sql::AlterDomainStmt& statement) {
  const Constraint* c = context.catalog.FindConstraint(domain, statement.name);
  if (c == nullptr && !statement.missing_ok) {
    context.Report("undefined-object",
                   "constraint \"" + std::string(statement.name) + "\" of domain \"" +
                       context.catalog.type(domain)->name + "\" does not exist",
                   context.Find(statement.name),
                   context.DidYouMean(statement.name,
                                      context.catalog.NamesOf(ObjectClass::kConstraint, domain)));
  }
  return c;
}

}  // namespace

void ApplyStatement(Context& context, const sql::AlterDomainStmt& statement) {
  const Name name = context.NameOf(statement.n_type_name, statement.type_name);
  const Type* type = context.NeedType(name);
  if (type == nullptr) return;
  if (type->kind != TypeKind::kDomain) {
    context.Report("wrong-object-type",
                   context.catalog.TypeName({type->oid, -1}) + " is not a domain", name.at);
    return;
  }
  const Oid domain = type->oid;
  switch (statement.subtype[0]) {  // AlterDomainStmt's letters
    case 'T':
      return SetDefault(context, domain, statement.def);
    case 'N':
      return context.edit.ChangeType(domain, [](Type* t) { t->not_null = false; });
    case 'O':
      return context.edit.ChangeType(domain, [](Type* t) { t->not_null = true; });
    case 'C':
      if (const auto* c = sql::As<sql::Constraint>(statement.def))
        AddDomainConstraint(context, domain, *c);
      return;
    case 'X':
      if (const Constraint* c = NeedConstraint(context, domain, statement)) {
        context.Drop({{ObjectClass::kConstraint, c->oid}},
                     statement.behavior == PG_QUERY__DROP_BEHAVIOR__DROP_CASCADE,
                     context.Find(statement.name));
      }
      return;
    case 'V':
      if (const Constraint* c = NeedConstraint(context, domain, statement)) {
        context.edit.ChangeConstraint(c->oid, [](Constraint* k) { k->validated = true; });
      }
      return;
    default:
      return context.Skip("this form of ALTER DOMAIN is not analysed");
  }
}

}  // namespace strata::catalog
