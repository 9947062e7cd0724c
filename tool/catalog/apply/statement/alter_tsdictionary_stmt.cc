// ALTER TEXT SEARCH DICTIONARY
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterTSDictionaryStmt& statement) {
  const NamedObject* dictionary =
      NeedNamed(context, ObjectClass::kTextSearchDictionary,
                context.NameOf(statement.n_dictname, statement.dictname), "text search dictionary");
  if (dictionary == nullptr) return;
  context.edit.ChangeNamed(dictionary->oid, [&](NamedObject* d) {
    for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
      const auto* o = sql::As<sql::DefElem>(n);
      if (o == nullptr) continue;
      if (o->arg == nullptr) {
        d->options.erase(o->defname);
      } else {
        d->options[o->defname] = OptionText(o->arg);
      }
    }
  });
}

}  // namespace strata::catalog
