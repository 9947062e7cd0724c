// COPY … FROM stdin with its data lines in the script.
#include "shadow/copy_data.h"
#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Column;
using catalog::Relation;

Outcome Unknown(World& world, const Relation& relation, std::string reason) {
  world.MarkUnknown(relation.oid);
  return World::NotExecuted(std::move(reason));
}

}  // namespace

Outcome RunCopy(World& world, const sql::CopyStmt& statement, std::string_view data) {
  const auto* var = statement.relation;
  const Relation* relation =
      var == nullptr ? nullptr : world.after->FindRelation(var->schemaname, var->relname);
  if (relation == nullptr) return World::NotExecuted("the table is not known");
  CopyFormat format;
  const std::vector<const Column*> columns = CopyColumns(*relation, statement);
  if (!StoresRows(*relation) || !ReadCopyFormat(statement, &format) ||
      statement.where_clause != nullptr) {
    return Unknown(world, *relation, "COPY in this form is not run");
  }
  std::set<std::int16_t> opaque;
  if (!FollowTriggers(world, *relation, "INSERT", &opaque))
    return Unknown(world, *relation, "a trigger may change the rows");

  std::vector<std::vector<Value>> rows;
  for (const std::vector<CopyField>& record : CopyRecords(data, format)) {
    if (record.size() != columns.size())
      return Unknown(world, *relation, "the data lines do not fit the columns");
    std::vector<Value> row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] == nullptr) return Unknown(world, *relation, "a column is not known");
      if (record[i].is_null) {
        row.emplace_back();
        continue;
      }
      const StoredType type = StoredAs(*world.after, columns[i]->type);
      InputResult value =
          ReadText(type, world.after->TypeName({type.type.type, -1}), record[i].text);
      if (value.outcome == InputOutcome::kOk) value = FitValue(type, value.value, false);
      if (value.outcome == InputOutcome::kRefused) {
        world.MarkUnknown(relation->oid);
        return world.Violated(value.rule, value.message);
      }
      if (value.outcome == InputOutcome::kNotKnown) opaque.insert(columns[i]->number);
      row.push_back(value.outcome == InputOutcome::kOk ? value.value : TextValue(record[i].text));
    }
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return {};

  std::string names, values;
  for (const Column* column : columns) {
    names += (names.empty() ? "" : ", ") + RowColumn(column->number);
    values += values.empty() ? "?" : ", ?";
  }
  for (const Column& column : relation->columns) {
    bool listed = column.generated != 0;
    for (const Column* other : columns) listed |= other == &column;
    if (listed) continue;
    Emitter emitter(*world.after, &world, true);
    std::string value = column.default_value == nullptr
                            ? "NULL"
                            : emitter.WriteAssigned(*column.default_value, column.type);
    if (!emitter.ok() || column.identity != 0) {
      value = "strata_opaque()";
      opaque.insert(column.number);
    }
    names += ", " + RowColumn(column.number);
    values += ", " + value;
  }
  if (!world.SetOpaque(*relation, opaque) || world.Writable(*relation) == nullptr)
    return Unknown(world, *relation, "the rows of \"" + relation->name + "\" are not known");
  const std::string table = world.Find(relation->oid)->table->name;
  const std::int64_t above = world.db.QueryInteger("SELECT max(rowid) FROM " + table).value_or(0);
  const std::optional<SqliteError> error = world.db.ExecuteRows(
      "INSERT INTO " + table + "(" + names + ") VALUES (" + values + ")", rows);
  return error ? world.Decode(*relation, *error) : CheckReferences(world, *relation, above, true);
}

}  // namespace strata::shadow
