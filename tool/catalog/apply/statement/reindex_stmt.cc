// REINDEX
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::ReindexStmt& statement) {
  for (const sql::Node* n : sql::Each(statement.n_params, statement.params)) {
    const auto* o = sql::As<sql::DefElem>(n);
    if (o != nullptr && std::string_view(o->defname) == "concurrently")
      context.OutsideTransaction("REINDEX CONCURRENTLY");
  }
  switch (statement.kind) {
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_INDEX: {
      const Name name = context.NameOf(*statement.relation);
      const Relation* r = context.NeedRelation(name);
      if (r != nullptr && !r->index)
        context.Report("wrong-object-type", "\"" + r->name + "\" is not an index", name.at);
      return;
    }
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_TABLE:
      context.NeedRelation(context.NameOf(*statement.relation));
      return;
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA:
      context.OutsideTransaction("REINDEX SCHEMA");
      context.NeedSchema(statement.name, context.Find(statement.name));
      return;
    default:
      context.OutsideTransaction("REINDEX DATABASE");
  }
}

}  // namespace strata::catalog
