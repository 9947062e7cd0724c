// CREATE TYPE … AS ENUM
#include <set>

#include "catalog/apply/statement.h"
#include "catalog/apply/types.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateEnumStmt& statement) {
  const Name name = context.NameOf(statement.n_type_name, statement.type_name);
  const Oid schema = PlaceForType(context, name);
  if (schema == 0) return;
  Type type;
  type.schema = schema;
  type.name = name.name;
  type.kind = TypeKind::kEnum;
  type.category = 'E';
  std::set<std::string> seen;
  for (const sql::Node* n : sql::Each(statement.n_vals, statement.vals)) {
    const std::string label(sql::StringOf(n));
    if (label.size() > 63) {
      context.Report("invalid-name", "invalid enum label \"" + label + "\"", context.Find(label),
                     "labels must be 63 bytes or less");
    }
    if (!seen.insert(label).second) {
      context.Report("unique-violation",
                     "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"",
                     context.Find(label), "the label \"" + label + "\" is given twice");
      continue;
    }
    type.labels.push_back({label, 0});
  }
  MakeType(context, std::move(type));
}

}  // namespace strata::catalog
