#include "catalog/apply/publication.h"

#include "catalog/analyze/analyze.h"
#include "catalog/apply/policy.h"
#include "catalog/print/words.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

// " WHERE (…)", every name in it with its schema.
std::string Rows(Context& context, const Relation& table, const sql::Node* condition) {
  if (condition == nullptr) return "";
  const ExprPtr rows = ReadPolicyCondition(context, table, condition);
  if (rows == nullptr) return "";
  Catalog elsewhere = context.catalog;
  elsewhere.session.search_path.clear();
  return " WHERE (" + Bare(Print(elsewhere, *rows)) + ")";
}

// What is added is not published yet, what is taken away is.
bool CheckMembership(Context& context, Oid publication, ObjectRef on, const std::string& key,
                     char action, Span at) {
  const NamedObject* p = context.catalog.named(publication);
  if (p == nullptr || action == 's') return true;
  const bool table = on.cls == ObjectClass::kRelation, member = p->options.count(key) > 0;
  const std::string name = table ? "relation \"" + context.catalog.relation(on.oid)->name + "\""
                                 : "schema \"" + context.catalog.schema(on.oid)->name + "\"";
  if (action == 'a' && member) {
    context.Report("duplicate-object",
                   name + " is already member of publication \"" + p->name + "\"", at);
    return false;
  }
  if (action == 'd' && !member) {
    const std::string schema = "tables from " + name + " are not part of the publication";
    context.Report("undefined-object", table ? name + " is not part of the publication" : schema,
                   at);
    return false;
  }
  return true;
}

}  // namespace

void ChangePublished(Context& context, Oid publication, std::size_t count,
                     sql::Node* const* objects, char action) {
  const ObjectRef self{ObjectClass::kPublication, publication};
  // Each published table is an option "table <number>"; its value tells columns and rows.
  if (action == 's') {
    context.edit.ForgetNeeds(self);
    context.edit.ChangeNamed(publication, [](NamedObject* p) {
      std::erase_if(p->options, [](const auto& o) {
        return o.first.starts_with("table ") || o.first.starts_with("schema ");
      });
    });
  }
  for (const sql::Node* n : sql::Each(count, objects)) {
    const auto* spec = sql::As<sql::PublicationObjSpec>(n);
    if (spec == nullptr) continue;
    std::string key, value;
    ObjectRef on;
    if (spec->pubtable != nullptr) {
      const Relation* r = context.NeedRelation(context.NameOf(*spec->pubtable->relation));
      if (r == nullptr) continue;
      on = {ObjectClass::kRelation, r->oid};
      key = "table " + std::to_string(r->oid);
      for (const sql::Node* c : sql::Each(spec->pubtable->n_columns, spec->pubtable->columns)) {
        const std::string column(sql::StringOf(c));
        context.NeedColumn(*r, column, context.Find(column));
        value += (value.empty() ? " (" : ", ") + QuoteIdentifier(column);
      }
      if (!value.empty()) value += ")";
      value += Rows(context, *r, spec->pubtable->where_clause);
    } else if (spec->name != nullptr && spec->name[0] != '\0') {
      const Schema* s = context.NeedSchema(spec->name, context.At(spec->location));
      if (s == nullptr) continue;
      on = {ObjectClass::kSchema, s->oid};
      key = "schema " + std::to_string(s->oid);
    }
    if (key.empty()) continue;
    if (!CheckMembership(context, publication, on, key, action, context.At(spec->location)))
      continue;
    if (action == 'd') {
      context.edit.ForgetNeed(self, on);
      context.edit.ChangeNamed(publication, [&](NamedObject* p) { p->options.erase(key); });
    } else {
      context.edit.ChangeNamed(publication, [&](NamedObject* p) { p->options[key] = value; });
    }
  }
}

}  // namespace strata::catalog
