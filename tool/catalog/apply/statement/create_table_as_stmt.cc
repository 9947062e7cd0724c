// CREATE TABLE … AS, CREATE MATERIALIZED VIEW
#include "catalog/apply/statement.h"
#include "catalog/apply/table/query_relation.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateTableAsStmt& statement) {
  CreateTableAs(context, statement.query, *statement.into,
                statement.objtype == PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW,
                statement.if_not_exists);
}

}  // namespace strata::catalog
