#include "lint/rewrites.h"

#include <algorithm>

#include "lint/match.h"
#include "sql/walk.h"

namespace strata::lint {
namespace {

using catalog::Catalog;
using catalog::Oid;
using catalog::Type;
using catalog::TypeRef;

// Numbers of pg_type, fixed since these types exist (pg_type.dat).
constexpr Oid kText = 25, kCidr = 650, kInet = 869, kBpchar = 1042, kVarchar = 1043, kTime = 1083,
              kTimestamp = 1114, kTimestamptz = 1184, kInterval = 1186, kTimetz = 1266,
              kVarbit = 1562, kNumeric = 1700, kXml = 142;

const Type* BaseOf(const Catalog& catalog, const Type* type) {
  while (type != nullptr && type->kind == catalog::TypeKind::kDomain)
    type = catalog.type(type->base.type);
  return type;
}

bool IsCitext(const Type* type) { return type != nullptr && type->name == "citext"; }

// Values of `from` are, byte for byte, values of `to`.
bool IsBinaryCoercible(const Catalog& catalog, Oid from, Oid to) {
  if (from == to) return true;
  const bool to_text = to == kText || to == kVarchar;
  if ((from == kText || from == kVarchar) && to_text) return true;
  if (from == kXml && to_text) return true;
  if (from == kCidr && to == kInet) return true;
  const Type* source = catalog.type(from);
  const Type* target = catalog.type(to);
  if (IsCitext(source) && to_text) return true;
  return IsCitext(target) && (from == kText || from == kVarchar);
}

// numeric's modifier holds precision and scale above a header of 4 (numeric.c).
int Precision(int typmod) { return ((typmod - 4) >> 16) & 0xffff; }
int Scale(int typmod) { return (typmod - 4) & 0x7ff; }

// Whether a value that fits the old modifier is left alone by the new one.
bool KeepsValues(Oid type, int from, int to) {
  if (to == -1) return type != kBpchar || from == -1;
  if (from == to) return true;
  if (from == -1) return false;
  switch (type) {
    case kVarchar:
    case kVarbit:
    case kTime:
    case kTimetz:
    case kTimestamp:
    case kTimestamptz:
    case kInterval:
      return to >= from;
    case kNumeric:
      return Scale(to) == Scale(from) && Precision(to) >= Precision(from);
    default:
      return false;
  }
}

bool HasChecks(const Catalog& catalog, const Type* domain) {
  for (; domain != nullptr && domain->kind == catalog::TypeKind::kDomain;
       domain = catalog.type(domain->base.type)) {
    if (domain->not_null) return true;
    bool found = false;
    catalog.constraints().ForEach(
        [&](Oid, const auto& constraint) { found = found || constraint->domain == domain->oid; });
    if (found) return true;
  }
  return false;
}

bool CallsVolatile(const sql::FuncCall* call, const Catalog& catalog) {
  const std::vector<std::string> names = Names(Each(call->n_funcname, call->funcname));
  if (names.empty()) return false;
  const std::string schema = names.size() > 1 ? names[names.size() - 2] : "";
  const auto functions = catalog.FindFunctions(schema, names.back());
  if (functions.empty()) return true;  // not known: an extension's, most likely uuid or the like
  return std::any_of(functions.begin(), functions.end(),
                     [](const catalog::Function* f) { return f->volatility == 'v'; });
}

}  // namespace

bool IsVolatile(const sql::Node* expression, const Catalog& catalog) {
  bool found = false;
  sql::Walk(expression, [&](const sql::Node* node) {
    if (const auto* call = As<sql::FuncCall>(node)) found = found || CallsVolatile(call, catalog);
    return !found;
  });
  return found;
}

std::string WhyAddColumnRewrites(const sql::ColumnDef* column, const Catalog& catalog) {
  const std::string type = TypeWord(column->type_name);
  if (type == "serial" || type == "bigserial" || type == "smallserial" || type == "serial4" ||
      type == "serial8" || type == "serial2") {
    return "serial takes a new value for every row";
  }
  for (const sql::Node* node : Each(column->n_constraints, column->constraints)) {
    const auto* constraint = As<sql::Constraint>(node);
    if (constraint == nullptr) continue;
    switch (constraint->contype) {
      case PG_QUERY__CONSTR_TYPE__CONSTR_IDENTITY:
        return "an identity column takes a new value for every row";
      case PG_QUERY__CONSTR_TYPE__CONSTR_GENERATED:
        return "a stored generated column is worked out for every row";
      case PG_QUERY__CONSTR_TYPE__CONSTR_DEFAULT:
        if (IsVolatile(constraint->raw_expr, catalog)) return "its default is volatile";
        break;
      default:
        break;
    }
  }
  const std::vector<std::string> names =
      column->type_name == nullptr
          ? std::vector<std::string>()
          : Names(Each(column->type_name->n_names, column->type_name->names));
  if (!names.empty()) {
    const Type* known =
        catalog.FindType(names.size() > 1 ? names[names.size() - 2] : "", names.back());
    if (known != nullptr && known->kind == catalog::TypeKind::kDomain &&
        HasChecks(catalog, known)) {
      return "its domain has constraints";
    }
  }
  return "";
}

TypeChange ChangeOfType(const Catalog& catalog, TypeRef from, TypeRef to) {
  if (from == to) return TypeChange::kNone;
  const Type* source = catalog.type(from.type);
  const Type* target = catalog.type(to.type);
  if (source == nullptr || target == nullptr) return TypeChange::kRewrite;
  const Type* source_base = BaseOf(catalog, source);
  const Type* target_base = BaseOf(catalog, target);
  if (source_base == nullptr || target_base == nullptr) return TypeChange::kRewrite;
  if (!IsBinaryCoercible(catalog, source_base->oid, target_base->oid)) return TypeChange::kRewrite;
  if (target != target_base && target != source && HasChecks(catalog, target))
    return TypeChange::kRewrite;
  if (!KeepsValues(target_base->oid, from.typmod, to.typmod)) return TypeChange::kRewrite;
  return TypeChange::kNone;
}

}  // namespace strata::lint
