// ALTER PUBLICATION
#include "catalog/apply/named.h"
#include "catalog/apply/publication.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterPublicationStmt& statement) {
  const Name name{"", statement.pubname, context.Find(statement.pubname)};
  const NamedObject* publication =
      NeedNamed(context, ObjectClass::kPublication, name, "publication");
  if (publication == nullptr) return;
  const Oid oid = publication->oid;
  if (statement.n_options > 0)
    return ChangeOptions(context, oid, statement.n_options, statement.options);
  const char action = statement.action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_DropObjects  ? 'd'
                      : statement.action == PG_QUERY__ALTER_PUBLICATION_ACTION__AP_SetObjects ? 's'
                                                                                              : 'a';
  ChangePublished(context, oid, statement.n_pubobjects, statement.pubobjects, action);
}

}  // namespace strata::catalog
