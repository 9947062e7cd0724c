// DISCARD
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::DiscardStmt& statement) {
  if (statement.target != PG_QUERY__DISCARD_MODE__DISCARD_ALL) return;
  context.OutsideTransaction("DISCARD ALL");
  context.catalog.session.search_path = {"public"};
  context.catalog.session.role = "postgres";
}

}  // namespace strata::catalog
