// ALTER TEXT SEARCH CONFIGURATION
#include <set>

#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"
#include "catalog/print/words.h"
#include "catalog/quote.h"

namespace strata::catalog {

namespace {

// In a list "a, b".
void Replace(const std::string& before, const std::string& after, std::string* list) {
  std::string text = ", " + *list + ", ";
  const std::size_t at = text.find(", " + before + ", ");
  if (at == std::string::npos) return;
  text.replace(at + 2, before.size(), after);
  *list = text.substr(2, text.size() - 4);
}

std::string NameIn(const Catalog& catalog, const NamedObject& dictionary) {
  const Schema* home = catalog.schema(dictionary.schema);
  const bool qualified =
      home != nullptr && home->oid != kPgCatalogSchema && home->oid != kPublicSchema;
  return (qualified ? QuoteIdentifier(home->name) + "." : "") + QuoteIdentifier(dictionary.name);
}

// The dictionaries that no mapping names any more.
void Forget(Context& context, ObjectRef self) {
  std::string lists = ", ";
  for (const auto& [token, list] : context.catalog.named(self.oid)->options) lists += list + ", ";
  std::vector<ObjectRef> gone;
  const auto* needs = context.catalog.dependencies().Find(self);
  for (std::size_t i = 0; needs != nullptr && i < needs->size(); ++i) {
    const ObjectRef on = (*needs)[i].on;
    const NamedObject* dictionary =
        on.cls == ObjectClass::kTextSearchDictionary ? context.catalog.named(on.oid) : nullptr;
    if (dictionary == nullptr) continue;
    if (lists.find(", " + NameIn(context.catalog, *dictionary) + ", ") == std::string::npos)
      gone.push_back(on);
  }
  for (const ObjectRef& on : gone) context.edit.ForgetNeed(self, on);
}

}  // namespace

void ApplyStatement(Context& context, const sql::AlterTSConfigurationStmt& statement) {
  const NamedObject* config = NeedNamed(context, ObjectClass::kTextSearchConfig,
                                        context.NameOf(statement.n_cfgname, statement.cfgname),
                                        "text search configuration");
  std::vector<std::string> named;
  std::vector<ObjectRef> needs;
  for (const sql::Node* n : sql::Each(statement.n_dicts, statement.dicts)) {
    const auto* list = sql::As<sql::List>(n);
    if (list == nullptr) continue;
    const NamedObject* dictionary =
        NeedNamed(context, ObjectClass::kTextSearchDictionary,
                  context.NameOf(list->n_items, list->items), "text search dictionary");
    if (dictionary == nullptr) continue;
    named.push_back(NameIn(context.catalog, *dictionary));
    needs.push_back({ObjectClass::kTextSearchDictionary, dictionary->oid});
  }
  if (config == nullptr) return;
  const ObjectRef self{ObjectClass::kTextSearchConfig, config->oid};
  const bool drops = statement.kind == PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING;
  std::set<std::string> tokens;
  for (const sql::Node* n : sql::Each(statement.n_tokentype, statement.tokentype))
    tokens.insert("mapping " + std::string(sql::StringOf(n)));
  context.edit.ChangeNamed(config->oid, [&](NamedObject* c) {
    if (statement.replace && named.size() == 2) {
      for (auto& [token, list] : c->options) {
        if (tokens.empty() || tokens.count(token) > 0) Replace(named[0], named[1], &list);
      }
      return;
    }
    for (const std::string& token : tokens) {
      if (drops) {
        c->options.erase(token);
      } else {
        c->options[token] = Join(named, ", ");
      }
    }
  });
  context.edit.Depend(self, needs);
  Forget(context, self);
}

}  // namespace strata::catalog
