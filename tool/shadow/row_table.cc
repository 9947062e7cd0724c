#include <sqlite3.h>

#include "shadow/world.h"

namespace strata::shadow {
namespace {

using catalog::Column;
using catalog::Constraint;
using catalog::ConstraintKind;
using catalog::Relation;

// Whether texts of unlike bytes may be equal: its collation is nondeterministic.
bool EqualUnlike(const catalog::Catalog& catalog, const Column& column) {
  if (column.collation == 0) return false;
  const catalog::NamedObject* collation = catalog.named(column.collation);
  if (collation == nullptr) return false;
  const auto option = collation->options.find("deterministic");
  return option != collation->options.end() && option->second != "true";
}

std::string ColumnDefinition(World& world, const catalog::Catalog& catalog, const Column& column,
                             std::set<std::int16_t>* opaque) {
  const StoredType type = StoredAs(catalog, column.type);
  std::string sql = RowColumn(column.number) + " " + SqliteTypeName(type.storage);
  if (type.storage == Storage::kCitext) sql += " COLLATE NOCASE";
  if (column.generated != 0) {
    Emitter emitter(catalog, &world, /*strict=*/true);
    const std::string value = column.default_value == nullptr
                                  ? emitter.Fail("")
                                  : emitter.WriteAssigned(*column.default_value, column.type);
    if (emitter.ok() && column.default_value != nullptr) {
      sql += " GENERATED ALWAYS AS (" + value + ") STORED";
    } else {
      opaque->insert(column.number);
    }
  }
  if (EqualUnlike(catalog, column)) opaque->insert(column.number);
  if (column.not_null && opaque->count(column.number) == 0) sql += " NOT NULL";
  return sql;
}

std::string CheckDefinition(World& world, const catalog::Catalog& catalog,
                            const Constraint& constraint) {
  if (constraint.check == nullptr) return "";
  Emitter emitter(catalog, &world, /*strict=*/true);
  const std::string condition = emitter.Write(*constraint.check);
  if (!emitter.ok() || !constraint.validated) return "";
  return ", CONSTRAINT k" + std::to_string(constraint.oid) + " CHECK (" + condition + ")";
}

bool IsDeferred(const catalog::Catalog& catalog, const catalog::IndexDefinition& index) {
  const Constraint* constraint =
      index.constraint == 0 ? nullptr : catalog.constraint(index.constraint);
  return !index.immediate || (constraint != nullptr && constraint->deferrable);
}

// "" where the index says nothing that SQLite could hold.
std::string UniqueIndex(World& world, const catalog::Catalog& catalog, const Relation& table,
                        const Relation& index, const std::string& name) {
  const catalog::IndexDefinition& definition = *index.index;
  if (!definition.unique || definition.exclusion || !definition.valid ||
      IsDeferred(catalog, definition))
    return "";
  Emitter emitter(catalog, &world, /*strict=*/true);
  std::string keys;
  for (const catalog::IndexKey& key : definition.keys) {
    if (!keys.empty()) keys += ", ";
    keys += key.column != 0             ? emitter.WriteColumn(table, key.column)
            : key.expression != nullptr ? "(" + emitter.Write(*key.expression) + ")"
                                        : emitter.Fail("an index expression");
  }
  std::string where;
  if (definition.predicate != nullptr) where = " WHERE " + emitter.Write(*definition.predicate);
  if (!emitter.ok() || keys.empty()) return "";
  return "; CREATE UNIQUE INDEX i" + std::to_string(index.oid) + "_" + name + " ON " + name + "(" +
         keys + ")" + where;
}

// The text after the last occurrence of `mark`.
std::string After(const std::string& text, const std::string& mark) {
  const std::size_t at = text.find(mark);
  return at == std::string::npos ? "" : text.substr(at + mark.size());
}

// "t5_1.c1, t5_1.c2" -> {1, 2}
std::vector<std::int16_t> ColumnsIn(const std::string& list) {
  std::vector<std::int16_t> numbers;
  for (std::size_t at = list.find(".c"); at != std::string::npos; at = list.find(".c", at + 2)) {
    numbers.push_back(static_cast<std::int16_t>(std::atoi(list.c_str() + at + 2)));
  }
  return numbers;
}

// The name of the unique index that SQLite speaks of.
std::string IndexNamed(const catalog::Catalog& catalog, const Relation& relation,
                       const std::string& what) {
  const std::string by_name = After(what, "index 'i");
  if (!by_name.empty()) {
    const Relation* index = catalog.relation(static_cast<catalog::Oid>(std::atol(by_name.c_str())));
    return index == nullptr ? "" : index->name;
  }
  const std::vector<std::int16_t> columns = ColumnsIn(what);
  for (const Relation* index : catalog.IndexesOf(relation.oid)) {
    if (!index->index || !index->index->unique || index->index->keys.size() != columns.size())
      continue;
    bool same = true;
    for (std::size_t i = 0; i < columns.size(); ++i)
      same &= index->index->keys[i].column == columns[i];
    if (same) return index->name;
  }
  return "";
}

}  // namespace

bool HoldsUnique(World& world, const catalog::Catalog& catalog, const Relation& table,
                 const Relation& index) {
  return !UniqueIndex(world, catalog, table, index, "t").empty();
}

bool StoresRows(const Relation& relation) {
  return relation.kind == catalog::RelationKind::kTable ||
         relation.kind == catalog::RelationKind::kMaterializedView;
}

std::string RowColumn(std::int16_t number) { return "c" + std::to_string(number); }

std::string RowTableScript(World& world, const catalog::Catalog& catalog, const Relation& relation,
                           const std::string& table, std::set<std::int16_t>* opaque) {
  std::string columns;
  for (const Column& column : relation.columns) {
    columns += (columns.empty() ? "" : ", ") + ColumnDefinition(world, catalog, column, opaque);
  }
  for (const Constraint* constraint : catalog.ConstraintsOf(relation.oid)) {
    if (constraint->kind == ConstraintKind::kCheck)
      columns += CheckDefinition(world, catalog, *constraint);
  }
  std::string script = "CREATE TABLE " + table + " (" + (columns.empty() ? "none" : columns) + ")";
  for (const Relation* index : catalog.IndexesOf(relation.oid)) {
    if (index->index) script += UniqueIndex(world, catalog, relation, *index, table);
  }
  return script;
}

std::string DefinitionOf(World& world, const catalog::Catalog& catalog, const Relation& relation) {
  const TableState* found = world.Find(relation.oid);
  std::set<std::int16_t> opaque = found == nullptr ? std::set<std::int16_t>() : found->opaque;
  return RowTableScript(world, catalog, relation, "t", &opaque);
}

Outcome World::Decode(const Relation& relation, const SqliteError& error, bool existing) {
  MarkUnknown(relation.oid);
  const std::string& message = error.message;
  switch (error.code) {
    case SQLITE_CONSTRAINT_NOTNULL: {
      const std::vector<std::int16_t> columns = ColumnsIn(message);
      const catalog::Column* column = columns.empty() ? nullptr : relation.FindColumn(columns[0]);
      if (column == nullptr) break;
      if (existing) {
        return Violated("not-null-violation", "column \"" + column->name + "\" of relation \"" +
                                                  relation.name + "\" contains null values");
      }
      return Violated("not-null-violation", "null value in column \"" + column->name +
                                                "\" of relation \"" + relation.name +
                                                "\" violates not-null constraint");
    }
    case SQLITE_CONSTRAINT_CHECK: {
      const std::string oid = After(message, "failed: k");
      const Constraint* check =
          after->constraint(static_cast<catalog::Oid>(std::atol(oid.c_str())));
      if (check == nullptr) break;
      if (existing) {
        return Violated("check-violation", "check constraint \"" + check->name +
                                               "\" of relation \"" + relation.name +
                                               "\" is violated by some row");
      }
      return Violated("check-violation", "new row for relation \"" + relation.name +
                                             "\" violates check constraint \"" + check->name +
                                             "\"");
    }
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY: {
      const std::string index = IndexNamed(*after, relation, After(message, "failed: "));
      if (index.empty()) break;
      if (existing)
        return Violated("unique-violation", "could not create unique index \"" + index + "\"");
      return Violated("unique-violation",
                      "duplicate key value violates unique constraint \"" + index + "\"");
    }
    default:
      break;
  }
  if (!native.error_rule.empty()) return Violated(native.error_rule, native.error_message);
  return NotExecuted(native.error_message.empty() ? "SQLite: " + message : native.error_message);
}

}  // namespace strata::shadow
