// CREATE OPERATOR CLASS
#include <algorithm>

#include "catalog/apply/named.h"
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "catalog/print/words.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

std::vector<Oid> TypesOf(Context& context, std::size_t count, sql::Node* const* nodes) {
  std::vector<Oid> types;
  for (const sql::Node* n : sql::Each(count, nodes)) {
    if (const auto* name = sql::As<sql::TypeName>(n))
      types.push_back(AnalyzeTypeName(context.catalog, name, context.findings()).type);
  }
  return types;
}

std::string Listed(const Catalog& catalog, const std::vector<Oid>& types) {
  std::vector<std::string> names;
  for (Oid type : types) names.push_back(StoredType(catalog, {type, -1}));
  return "(" + Join(names, ", ") + ")";
}

// The operator's symbol, with its schema unless that is pg_catalog.
std::string OperatorText(const Context& context, const Name& name, const std::vector<Oid>& types) {
  for (const Operator* o : context.catalog.FindOperators(name.schema, name.name)) {
    if (types.size() != 2 || o->left != types[0] || o->right != types[1]) continue;
    const Schema* schema = context.catalog.schema(o->schema);
    if (schema != nullptr && schema->oid != kPgCatalogSchema)
      return QuoteIdentifier(schema->name) + "." + name.name;
  }
  return name.name;
}

// The types that a support function stands for, where the class does not say. Source:
// assignProcTypes in opclasscmds.c.
std::vector<Oid> UsualTypes(const std::string& method, int number,
                            const std::vector<Oid>& arguments, Oid input) {
  if (method == "btree" && number == 1 && arguments.size() == 2) return arguments;
  if (method == "btree" && number == 3 && arguments.size() == 5)
    return {arguments[0], arguments[2]};
  if (method == "hash" && !arguments.empty()) return {arguments[0], arguments[0]};
  return {input, input};
}

std::string ItemText(Context& context, const sql::CreateOpClassItem& item, const char* method,
                     Oid input) {
  constexpr int kOperatorItem = 1, kFunctionItem = 2;  // OPCLASS_ITEM_… of parsenodes.h
  if (item.itemtype != kOperatorItem && item.itemtype != kFunctionItem) {
    const Oid stored = AnalyzeTypeName(context.catalog, item.storedtype, context.findings()).type;
    return stored == input ? "" : "STORAGE " + StoredType(context.catalog, {stored, -1});
  }
  const Name name = context.NameOf(item.name->n_objname, item.name->objname);
  std::vector<Oid> types = TypesOf(context, item.name->n_objargs, item.name->objargs);
  const std::vector<Oid> both = {input, input};
  const std::string number = std::to_string(item.number) + " ";
  if (item.itemtype == kOperatorItem) {
    if (types.empty()) types = both;
    std::string text = "OPERATOR " + number + OperatorText(context, name, types);
    if (types != both) text += " " + Listed(context.catalog, types);
    if (item.n_order_family == 0) return text;
    return text + " FOR ORDER BY " + context.NameOf(item.n_order_family, item.order_family).Text();
  }
  std::vector<Oid> stands_for = TypesOf(context, item.n_class_args, item.class_args);
  if (stands_for.size() == 1) stands_for.push_back(stands_for[0]);
  const bool usual =
      stands_for.empty() || stands_for == UsualTypes(method, item.number, types, input);
  return "FUNCTION " + number + (usual ? "" : Listed(context.catalog, stands_for) + " ") +
         StoredFunction(context, name) + Listed(context.catalog, types);
}

std::string Definition(Context& context, const sql::CreateOpClassStmt& statement, Oid input) {
  std::vector<std::pair<std::pair<int, int>, std::string>> items;
  for (const sql::Node* n : sql::Each(statement.n_items, statement.items)) {
    const auto* item = sql::As<sql::CreateOpClassItem>(n);
    if (item == nullptr) continue;
    std::string text = ItemText(context, *item, statement.amname, input);
    if (!text.empty()) items.push_back({{item->itemtype, item->number}, std::move(text)});
  }
  std::sort(items.begin(), items.end());
  std::vector<std::string> texts;
  for (const auto& [place, text] : items) texts.push_back(text);
  std::string family;
  if (statement.n_opfamilyname > 0) {
    const Name name = context.NameOf(statement.n_opfamilyname, statement.opfamilyname);
    const Name own = context.NameOf(statement.n_opclassname, statement.opclassname);
    if (name.name != own.name) family = "FAMILY " + name.name + " ";
  }
  return family + "AS\n    " + Join(texts, ",\n    ");
}

}  // namespace

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
  c.definition = Definition(context, statement, c.input);
  const OperatorClass made = c;
  const ObjectRef self{ObjectClass::kOperatorClass, context.edit.Put(std::move(c))};
  context.edit.Depend(self, {ObjectClass::kSchema, made.schema});
  context.edit.Depend(self, {ObjectClass::kType, made.input});
}

}  // namespace strata::catalog
