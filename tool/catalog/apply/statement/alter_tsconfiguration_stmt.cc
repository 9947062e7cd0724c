// ALTER TEXT SEARCH CONFIGURATION
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterTSConfigurationStmt& statement) {
  const NamedObject* config = NeedNamed(context, ObjectClass::kTextSearchConfig,
                                        context.NameOf(statement.n_cfgname, statement.cfgname),
                                        "text search configuration");
  std::string dictionaries;
  std::vector<ObjectRef> needs;
  for (const sql::Node* n : sql::Each(statement.n_dicts, statement.dicts)) {
    const auto* list = sql::As<sql::List>(n);
    if (list == nullptr) continue;
    const NamedObject* dictionary =
        NeedNamed(context, ObjectClass::kTextSearchDictionary,
                  context.NameOf(list->n_items, list->items), "text search dictionary");
    if (dictionary == nullptr) continue;
    dictionaries += (dictionaries.empty() ? "" : ", ") + dictionary->name;
    needs.push_back({ObjectClass::kTextSearchDictionary, dictionary->oid});
  }
  if (config == nullptr) return;
  const ObjectRef self{ObjectClass::kTextSearchConfig, config->oid};
  const bool drops = statement.kind == PG_QUERY__ALTER_TSCONFIG_TYPE__ALTER_TSCONFIG_DROP_MAPPING;
  context.edit.ChangeNamed(config->oid, [&](NamedObject* c) {
    for (const sql::Node* n : sql::Each(statement.n_tokentype, statement.tokentype)) {
      const std::string token = "mapping " + std::string(sql::StringOf(n));
      if (drops) {
        c->options.erase(token);
      } else {
        c->options[token] = dictionaries;
      }
    }
    if (statement.n_tokentype == 0 && !drops) c->options["replaced"] += " " + dictionaries;
  });
  context.edit.Depend(self, needs);
}

}  // namespace strata::catalog
