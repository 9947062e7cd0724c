// CREATE TYPE … AS RANGE
#include "catalog/analyze/types.h"
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/types.h"

namespace strata::catalog {
namespace {

std::string MultirangeName(const std::string& range) {
  const std::size_t at = range.find("range");
  if (at == std::string::npos) return MakeObjectName(range, "multirange", "");
  return Truncated(range.substr(0, at) + "multi" + range.substr(at));
}

void MakeConstructor(Context& context, const Type& made, std::vector<Oid> inputs,
                     Oid variadic = 0) {
  Function f;
  f.schema = made.schema;
  f.name = made.name;
  f.inputs = std::move(inputs);
  f.variadic = variadic;
  f.result = {made.oid, -1};
  f.language = "internal";
  f.volatility = 'i';
  const ObjectRef self{ObjectClass::kFunction, context.edit.Put(std::move(f))};
  context.edit.Depend(self, {ObjectClass::kType, made.oid}, DependencyKind::kInternal);
}

}  // namespace

void ApplyStatement(Context& context, const sql::CreateRangeStmt& statement) {
  const Name name = context.NameOf(statement.n_type_name, statement.type_name);
  const Oid schema = PlaceForType(context, name);
  if (schema == 0) return;
  Type type;
  type.schema = schema;
  type.name = name.name;
  type.kind = TypeKind::kRange;
  type.category = 'R';
  std::string multirange_name;
  for (const sql::Node* n : sql::Each(statement.n_params, statement.params)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o == nullptr) continue;
    const std::string option = o->defname;
    type.options[option] = OptionText(o->arg);
    if (option == "subtype") {
      if (const auto* subtype = sql::As<sql::TypeName>(o->arg)) {
        type.subtype = AnalyzeTypeName(context.catalog, subtype, context.findings()).type;
      }
    } else if (option == "multirange_type_name") {
      if (const auto* given = sql::As<sql::TypeName>(o->arg))
        multirange_name = context.NameOf(given->n_names, given->names).name;
    }
  }
  if (type.options.count("subtype") == 0) {
    context.Report("syntax-error", "type attribute \"subtype\" is required", name.at);
  }
  const Oid subtype = type.subtype;
  const std::string range_name = Truncated(type.name);
  if (multirange_name.empty()) multirange_name = MultirangeName(range_name);
  if (multirange_name == MultirangeName(range_name)) type.options.erase("multirange_type_name");
  const Oid range = MakeType(context, std::move(type));
  context.edit.Depend({ObjectClass::kType, range}, {ObjectClass::kType, subtype});
  const Type made = *context.catalog.type(range);
  MakeConstructor(context, made, {subtype, subtype});
  MakeConstructor(context, made, {subtype, subtype, types::kText});
  Type multirange;
  multirange.schema = schema;
  multirange.name = multirange_name;
  multirange.kind = TypeKind::kMultirange;
  multirange.category = 'R';
  multirange.range = range;
  const Oid oid = MakeType(context, std::move(multirange));
  context.edit.ForgetNeed({ObjectClass::kType, oid}, {ObjectClass::kSchema, schema});
  context.edit.Depend({ObjectClass::kType, oid}, {ObjectClass::kType, range},
                      DependencyKind::kInternal);
  context.edit.ChangeType(range, [&](Type* t) { t->multirange = oid; });
  const Type many = *context.catalog.type(oid);
  MakeConstructor(context, many, {});
  MakeConstructor(context, many, {range});
  MakeConstructor(context, many, {ArrayOf(context.catalog, range)}, range);
}

}  // namespace strata::catalog
