#include "catalog/analyze/volatility.h"

#include <algorithm>

#include "catalog/analyze/types.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

// Types whose text depends on settings or on the catalog. From pg_proc.provolatile of the types'
// input and output functions.
bool ReadsSettings(Oid type) {
  switch (type) {
    case kDate:
    case kTime:
    case kTimestamp:
    case kTimestamptz:
    case kTimetz:
    case kInterval:
    case kMoney:
    case kRegclass:
    case kRegtype:
    case kRegproc:
    case kRegprocedure:
    case kRegrole:
    case kRegnamespace:
    case kRegconfig:
    case kXml:
      return true;
    default:
      return false;
  }
}
bool WritesSettings(Oid type) {
  return type != kTime && type != kTimetz && type != kInterval && ReadsSettings(type);
}
// The text of these is made of their parts', or of labels that can be renamed.
bool HasStableText(const Catalog& catalog, Oid oid) {
  const Type* type = catalog.type(oid);
  if (type == nullptr || oid == kInt2Vector || oid == kOidVector) return false;
  return type->is_array || type->kind == TypeKind::kEnum || type->kind == TypeKind::kComposite ||
         type->kind == TypeKind::kRange || type->kind == TypeKind::kMultirange;
}
bool TextChanges(const Catalog& catalog, Oid type) {
  return WritesSettings(type) || HasStableText(catalog, type);
}

// A user's SQL function may be inlined, whatever it is marked as.
bool IsCertain(const Function& f) { return f.language != "sql" || f.oid < kFirstUserOid; }

std::string OfFunction(const Catalog& catalog, Oid oid) {
  const Function* f = oid == 0 ? nullptr : catalog.function(oid);
  return f != nullptr && f->volatility != 'i' && IsCertain(*f) ? f->name + "()" : "";
}

std::string OfCast(const Catalog& catalog, const Expr& cast) {
  const Oid from = BaseTypeOf(catalog, cast.args[0]->type.type),
            to = BaseTypeOf(catalog, cast.type.type);
  if (from == 0 || to == 0 || from == to) return "";
  Oid function = 0;
  const Coercion way = FindCoercion(catalog, from, to, 'e', &function);
  if (way == Coercion::kFunction) {
    const Function* f = catalog.function(function);
    if (f == nullptr || f->volatility == 'i' || !IsCertain(*f)) return "";
    return "the cast from " + catalog.TypeName({from, -1}) + " to " + catalog.TypeName({to, -1});
  }
  if (way != Coercion::kInOut) return "";
  const bool changes =
      TextChanges(catalog, from) || ReadsSettings(to) || HasStableText(catalog, to);
  return changes
             ? "the cast from " + catalog.TypeName({from, -1}) + " to " + catalog.TypeName({to, -1})
             : "";
}

// text || anything: the other side becomes text in the function's body, which the planner inlines.
bool IsConcatenation(const Catalog& catalog, const Operator& op) {
  const Function* f = catalog.function(op.function);
  return f != nullptr && (f->name == "textanycat" || f->name == "anytextcat") &&
         f->oid < kFirstUserOid;
}

std::string OfOperator(const Catalog& catalog, const Expr& expr) {
  const Operator* op = expr.object == 0 ? nullptr : catalog.operator_(expr.object);
  if (op == nullptr || OfFunction(catalog, op->function).empty()) return "";
  if (IsConcatenation(catalog, *op) &&
      std::none_of(expr.args.begin(), expr.args.end(), [&](const ExprPtr& arg) {
        return arg != nullptr && TextChanges(catalog, BaseTypeOf(catalog, arg->type.type));
      }))
    return "";
  return "the operator " + op->name + " of " + catalog.TypeName({op->left, -1}) + " and " +
         catalog.TypeName({op->right, -1});
}

}  // namespace

MutablePart FirstMutable(const Catalog& catalog, const Expr& expr) {
  std::string found;
  switch (expr.kind) {
    case Kind::kFunction:
      found = OfFunction(catalog, expr.object);
      break;
    case Kind::kSqlValue:
      found = expr.word;
      break;
    case Kind::kOperator:
    case Kind::kArrayTest:
      found = OfOperator(catalog, expr);
      break;
    case Kind::kCast:
      found = OfCast(catalog, expr);
      break;
    default:
      break;
  }
  if (!found.empty()) return {std::move(found), expr.span.begin};
  for (const ExprPtr& arg : expr.args) {
    if (arg == nullptr) continue;
    if (MutablePart part = FirstMutable(catalog, *arg); !part.what.empty()) return part;
  }
  return {};
}

}  // namespace strata::catalog
