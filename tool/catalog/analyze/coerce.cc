#include "catalog/analyze/analysis.h"
#include "catalog/analyze/literal.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

ExprPtr MakeCast(const ExprPtr& expr, TypeRef to, bool written) {
  MutableExpr cast = MakeExpr(Expr::Kind::kCast, to.type, expr->span.begin);
  cast->type = to;
  cast->explicit_cast = written;
  cast->args = {expr};
  return cast;
}

// The relation that a literal of type regclass stands for; 0: it cannot be said.
Oid NamedRelation(const Catalog& catalog, std::string_view text) {
  std::vector<std::string> parts;
  if (!SplitName(text, &parts) || parts.size() > 2) return 0;
  const Relation* relation = catalog.FindRelation(parts.size() == 2 ? parts[0] : "", parts.back());
  return relation == nullptr ? 0 : relation->oid;
}

}  // namespace

// Each field becomes of the type that the composite type has at its place. Source:
// coerce_record_to_complex of parse_coerce.c.
ExprPtr Analysis::CoerceFields(const ExprPtr& row, Oid to, char context) {
  const Type* type = catalog_.type(BaseTypeOf(catalog_, to));
  const Relation* composite = type == nullptr ? nullptr : catalog_.relation(type->relation);
  if (composite == nullptr || composite->columns.size() != row->args.size()) return row;
  auto made = std::make_shared<Expr>(*row);
  for (std::size_t i = 0; i < made->args.size(); ++i) {
    if (ExprPtr field = Coerce(made->args[i], composite->columns[i].type, context))
      made->args[i] = std::move(field);
  }
  return made;
}

ExprPtr Analysis::Coerce(const ExprPtr& expr, TypeRef to, char context, bool written) {
  const Oid from = expr->type.type;
  if (to.type == 0 || to.type == kAny || IsPolymorphic(to.type)) return expr;
  if (from == 0) return written ? MakeCast(expr, to, written) : expr;
  if (!CanCoerce(catalog_, from, to.type, context)) return nullptr;
  const bool literal = from == kUnknown && expr->kind == Expr::Kind::kConst;
  if (literal) {
    if (!expr->is_null) {
      LiteralFault fault = CheckLiteral(catalog_, to.type, expr->text);
      if (!fault.rule.empty()) Fail(fault.rule, fault.message, expr->span.begin, fault.help);
    }
    // A domain's value is one of its base type, made a domain's (parse_coerce.c, coerce_type).
    const TypeRef known = BaseTypeOf(catalog_, to), base = known.type == 0 ? to : known;
    auto constant = std::make_shared<Expr>(*expr);
    constant->type = base;
    constant->explicit_cast = written && base.type == to.type;
    if (to.type == kRegclass) constant->object = NamedRelation(catalog_, expr->text);
    return base.type == to.type ? constant : MakeCast(constant, to, written);
  }
  if (from == to.type && (to.typmod < 0 || to.typmod == expr->type.typmod)) return expr;
  const bool row = expr->kind == Expr::Kind::kRow && from == kRecord;
  return MakeCast(row ? CoerceFields(expr, to.type, context) : expr, to, written);
}

ExprPtr Analysis::ResolveUnknown(const ExprPtr& expr) {
  return expr->type.type == kUnknown ? Coerce(expr, {kText, -1}, 'i') : expr;
}

ExprPtr Analysis::CoerceToInteger(const ExprPtr& expr, Oid type, std::string_view construct) {
  if (expr->type.type == 0 || expr->type.type == type) return expr;
  ExprPtr coerced = Coerce(expr, {type, -1}, 'a');
  if (coerced != nullptr) return coerced;
  Fail("datatype-mismatch",
       "argument of " + std::string(construct) + " must be type " + Name(type) + ", not type " +
           Name(expr->type.type),
       expr->span.begin);
  return expr;
}

ExprPtr Analysis::CoerceToBoolean(const ExprPtr& expr, std::string_view construct) {
  return CoerceToInteger(expr, kBool, construct);
}

Oid Analysis::CommonTypeOf(const std::vector<ExprPtr>& all, std::string_view construct) {
  std::vector<Oid> types;
  for (const ExprPtr& expr : all) types.push_back(expr->type.type);
  const CommonType common = SelectCommonType(catalog_, types);
  if (common.mismatch >= 0) {
    const ExprPtr& odd = all[static_cast<std::size_t>(common.mismatch)];
    Fail("datatype-mismatch",
         std::string(construct) + " types " + Name(common.expected) + " and " +
             Name(BaseTypeOf(catalog_, odd->type.type)) + " cannot be matched",
         odd->span.begin);
  }
  return common.type;
}

ExprPtr Analysis::CoerceToCommon(const ExprPtr& expr, Oid type, std::string_view construct) {
  if (type == 0 || expr->type.type == type || expr->type.type == 0) return expr;
  if (ExprPtr coerced = Coerce(expr, {type, -1}, 'i')) return coerced;
  Fail("cannot-coerce",
       std::string(construct) + " could not convert type " + Name(expr->type.type) + " to " +
           Name(type),
       expr->span.begin);
  return expr;
}

}  // namespace strata::catalog
