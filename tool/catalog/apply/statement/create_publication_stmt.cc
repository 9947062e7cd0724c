// CREATE PUBLICATION
#include "catalog/apply/named.h"
#include "catalog/apply/publication.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreatePublicationStmt& statement) {
  const Oid oid = MakeNamed(context, ObjectClass::kPublication,
                            {"", statement.pubname, context.Find(statement.pubname)}, false,
                            statement.n_options, statement.options);
  if (oid == 0) return;
  context.edit.ChangeNamed(oid, [&](NamedObject* p) {
    p->definition = statement.for_all_tables ? "FOR ALL TABLES" : "";
  });
  ChangePublished(context, oid, statement.n_pubobjects, statement.pubobjects, 'a');
}

}  // namespace strata::catalog
