#include "catalog/apply/named.h"

#include "catalog/apply/names.h"
#include "catalog/print/words.h"
#include "catalog/quote.h"

namespace strata::catalog {

Oid MakeNamed(Context& context, ObjectClass cls, const Name& name, bool in_schema,
              std::size_t n_options, sql::Node* const* options, bool if_not_exists) {
  NamedObject object;
  object.cls = cls;
  object.name = Truncated(name.name);
  object.owner = context.catalog.session.role;
  std::string schema_name;
  if (in_schema) {
    object.schema = context.NeedCreationSchema(name);
    if (object.schema == 0) return 0;
    schema_name = context.catalog.schema(object.schema)->name;
  }
  const NamedObject* taken = context.catalog.FindNamed(cls, schema_name, object.name);
  if (taken != nullptr) {
    if (!if_not_exists) {
      const std::string words = context.catalog.Identify({cls, taken->oid});
      context.Report("duplicate-object",
                     words.substr(0, words.rfind(' ')) + " \"" + object.name + "\" already exists",
                     name.at);
    }
    return 0;
  }
  for (const sql::Node* n : sql::Each(n_options, options)) {
    if (const auto* o = sql::As<sql::DefElem>(n)) object.options[o->defname] = OptionText(o->arg);
  }
  const Oid schema = object.schema;
  const Oid oid = context.edit.Put(std::move(object));
  context.edit.Depend({cls, oid}, {ObjectClass::kSchema, schema});
  return oid;
}

void ChangeOptions(Context& context, Oid oid, std::size_t n_options, sql::Node* const* options) {
  context.edit.ChangeNamed(oid, [&](NamedObject* object) {
    for (const sql::Node* n : sql::Each(n_options, options)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o == nullptr) continue;
      if (o->defaction == PG_QUERY__DEF_ELEM_ACTION__DEFELEM_DROP) {
        object->options.erase(o->defname);
      } else {
        object->options[o->defname] = OptionText(o->arg);
      }
    }
  });
}

const NamedObject* NeedNamed(Context& context, ObjectClass cls, const Name& name,
                             std::string_view word, bool missing_ok) {
  const NamedObject* found = context.catalog.FindNamed(cls, name.schema, name.name);
  if (found == nullptr && !missing_ok) {
    context.Report("undefined-object",
                   std::string(word) + " \"" + name.Text() + "\" does not exist", name.at,
                   context.DidYouMean(name.name, context.catalog.NamesOf(cls, 0)));
  }
  return found;
}

std::string StoredType(const Catalog& catalog, TypeRef type) {
  Catalog elsewhere = catalog;
  elsewhere.session.search_path.clear();
  return SqlType(elsewhere, type);
}

std::string StoredFunction(const Context& context, const Name& name) {
  const std::vector<const Function*> found = context.catalog.FindFunctions(name.schema, name.name);
  if (found.empty()) return name.Text();
  const Schema* schema = context.catalog.schema(found[0]->schema);
  const std::string bare = QuoteIdentifier(name.name);
  return schema == nullptr || schema->oid == kPgCatalogSchema
             ? bare
             : QuoteIdentifier(schema->name) + "." + bare;
}

}  // namespace strata::catalog
