// CREATE TYPE … AS (…)
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "catalog/apply/table/column.h"
#include "catalog/apply/table/create.h"
#include "catalog/apply/types.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CompositeTypeStmt& statement) {
  const Name name = context.NameOf(*statement.typevar);
  const Oid schema = PlaceForType(context, name);
  if (schema == 0) return;
  if (!RelationNameIsFree(context, schema, name, false)) return;
  Relation row;
  row.schema = schema;
  row.name = Truncated(name.name);
  row.kind = RelationKind::kCompositeType;
  row.owner = context.catalog.session.role;
  for (const sql::Node* n : sql::Each(statement.n_coldeflist, statement.coldeflist)) {
    const auto* definition = sql::As<sql::ColumnDef>(n);
    if (definition == nullptr) continue;
    Column column = ReadColumn(context, *definition, row.name).column;
    if (row.FindColumn(column.name) != nullptr) {
      context.Report("duplicate-column", "column \"" + column.name + "\" specified more than once",
                     context.At(definition->location));
      continue;
    }
    column.number = ++row.last_number;
    row.columns.push_back(std::move(column));
  }
  const std::vector<Column> columns = row.columns;
  const Oid oid = context.edit.Put(std::move(row));
  for (const Column& column : columns) EnterColumn(context, oid, column);
  const Oid type = MakeRowType(context, *context.catalog.relation(oid));
  context.edit.Depend({ObjectClass::kType, type}, {ObjectClass::kSchema, schema});
}

}  // namespace strata::catalog
