// CREATE FOREIGN TABLE
#include "catalog/apply/statement.h"
#include "catalog/apply/table/create.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateForeignTableStmt& statement) {
  const NamedObject* server =
      context.catalog.FindNamed(ObjectClass::kForeignServer, "", statement.servername);
  if (server == nullptr) {
    context.Report("undefined-object",
                   "server \"" + std::string(statement.servername) + "\" does not exist",
                   context.Find(statement.servername));
  }
  const Name name = context.NameOf(*statement.base_stmt->relation);
  const bool there = context.catalog.FindRelation(name.schema, name.name) != nullptr;
  CreateTable(context, *statement.base_stmt, RelationKind::kForeignTable,
              server == nullptr ? 0 : server->oid);
  const Relation* table = context.catalog.FindRelation(name.schema, name.name);
  if (there || table == nullptr) return;
  context.edit.ChangeRelation(table->oid, [&](Relation* r) {
    for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
      if (const auto* o = sql::As<sql::DefElem>(n)) r->options[o->defname] = OptionText(o->arg);
    }
  });
}

}  // namespace strata::catalog
