// ALTER SERVER
#include "catalog/apply/named.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::AlterForeignServerStmt& statement) {
  const Name name{"", statement.servername, context.Find(statement.servername)};
  const NamedObject* server = NeedNamed(context, ObjectClass::kForeignServer, name, "server");
  if (server == nullptr) return;
  const Oid oid = server->oid;
  ChangeOptions(context, oid, statement.n_options, statement.options);
  if (!statement.has_version) return;
  context.edit.ChangeNamed(oid, [&](NamedObject* s) {
    s->options["VERSION"] = statement.version == nullptr ? "" : statement.version;
  });
}

}  // namespace strata::catalog
