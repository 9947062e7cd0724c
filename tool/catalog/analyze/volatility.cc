#include "catalog/analyze/volatility.h"

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
  const bool changes = WritesSettings(from) || ReadsSettings(to);
  return changes
             ? "the cast from " + catalog.TypeName({from, -1}) + " to " + catalog.TypeName({to, -1})
             : "";
}

}  // namespace

std::string FirstMutable(const Catalog& catalog, const Expr& expr) {
  std::string found;
  switch (expr.kind) {
    case Kind::kFunction:
      found = OfFunction(catalog, expr.object);
      break;
    case Kind::kSqlValue:
      found = expr.word;
      break;
    case Kind::kOperator:
    case Kind::kArrayTest: {
      const Operator* op = expr.object == 0 ? nullptr : catalog.operator_(expr.object);
      if (op != nullptr && !OfFunction(catalog, op->function).empty()) {
        found = "the operator " + op->name + " of " + catalog.TypeName({op->left, -1}) + " and " +
                catalog.TypeName({op->right, -1});
      }
      break;
    }
    case Kind::kCast:
      found = OfCast(catalog, expr);
      break;
    default:
      break;
  }
  for (const ExprPtr& arg : expr.args) {
    if (!found.empty()) break;
    if (arg != nullptr) found = FirstMutable(catalog, *arg);
  }
  return found;
}

}  // namespace strata::catalog
