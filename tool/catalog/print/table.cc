#include <cctype>

#include "catalog/analyze/analyze.h"
#include "catalog/analyze/types.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

// "host 'h', port '5'"
std::string ForeignOptions(const std::map<std::string, std::string>& options) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : options)
    parts.push_back(QuoteIdentifier(name) + " " + QuoteLiteral(value));
  return Join(parts, ", ");
}

bool IsPlainKey(const Constraint& c) {
  return (c.kind == ConstraintKind::kPrimaryKey || c.kind == ConstraintKind::kUnique) &&
         c.columns.size() == 1;
}

// A key of one column may stand with its column where its name and all else is usual.
std::string InlineKey(const Catalog& catalog, const Column& column,
                      const std::vector<const Constraint*>& constraints,
                      std::vector<const Constraint*>* used) {
  std::string text;
  for (const Constraint* c : constraints) {
    if (!IsPlainKey(*c) || c->columns[0] != column.number || !HasUsualName(catalog, *c)) continue;
    const std::string word = c->kind == ConstraintKind::kPrimaryKey ? "PRIMARY KEY" : "UNIQUE";
    if (ConstraintBody(catalog, *c) != word + " (" + QuoteIdentifier(column.name) + ")") continue;
    text += " " + word;
    used->push_back(c);
  }
  return text;
}

bool IsInPrimaryKey(const Column& column, const std::vector<const Constraint*>& constraints) {
  for (const Constraint* c : constraints) {
    if (c->kind != ConstraintKind::kPrimaryKey) continue;
    for (std::int16_t number : c->columns) {
      if (number == column.number) return true;
    }
  }
  return false;
}

// A foreign key of one column under its usual name stands with the column.
std::string InlineReference(const Catalog& catalog, const Column& column,
                            const std::vector<const Constraint*>& constraints,
                            std::vector<const Constraint*>* used) {
  std::string text;
  const std::string head = "FOREIGN KEY (" + QuoteIdentifier(column.name) + ")";
  for (const Constraint* c : constraints) {
    const bool plain = c->kind == ConstraintKind::kForeignKey && c->columns.size() == 1 &&
                       c->columns[0] == column.number;
    if (!plain || !text.empty() || !HasUsualName(catalog, *c)) continue;
    text = ConstraintBody(catalog, *c).substr(head.size());
    used->push_back(c);
  }
  return text;
}

bool Contains(const std::vector<const Constraint*>& list, const Constraint* c) {
  for (const Constraint* x : list) {
    if (x == c) return true;
  }
  return false;
}

bool SameColumns(const Relation& partition, const Relation& parent) {
  if (partition.columns.size() != parent.columns.size()) return false;
  for (std::size_t i = 0; i < parent.columns.size(); ++i) {
    if (partition.columns[i].name != parent.columns[i].name) return false;
  }
  return true;
}

std::string Bound(const Relation& table) {
  if (table.partition_bound.empty() || table.partition_bound == "DEFAULT") return "DEFAULT";
  return table.partition_bound;
}

std::string Storage(const Catalog&, const Relation& table) {
  std::string text;
  if (!table.access_method.empty() && table.access_method != "heap")
    text += " USING " + QuoteIdentifier(table.access_method);
  if (!table.options.empty()) text += " WITH " + SqlOptions(table.options);
  if (!table.tablespace.empty()) text += " TABLESPACE " + QuoteIdentifier(table.tablespace);
  return text;
}

std::string Head(const Catalog& catalog, const Relation& table) {
  const char* word = table.kind == RelationKind::kForeignTable ? "CREATE FOREIGN TABLE "
                     : table.persistence == 'u'                ? "CREATE UNLOGGED TABLE "
                                                               : "CREATE TABLE ";
  return word + SqlRelation(catalog, table.oid);
}

std::string Tail(const Catalog& catalog, const Relation& table) {
  std::string text;
  if (!table.parents.empty() && !table.is_partition) {
    std::vector<std::string> parents;
    for (Oid parent : table.parents) parents.push_back(SqlRelation(catalog, parent));
    text += " INHERITS (" + Join(parents, ", ") + ")";
  }
  text += PartitionBy(catalog, table);
  const NamedObject* server = table.server == 0 ? nullptr : catalog.named(table.server);
  if (server != nullptr) {
    text += " SERVER " + QuoteIdentifier(server->name);
    return table.options.empty() ? text : text + " OPTIONS (" + ForeignOptions(table.options) + ")";
  }
  return text + Storage(catalog, table);
}

// Not in the column list of CREATE TABLE. `partitioned`: the table it is a partition of.
bool IsTakenFromParent(const Relation& table, const Relation* partitioned, const Column& column) {
  if (partitioned != nullptr) return SameColumns(table, *partitioned);
  return !column.local && column.inherited > 0;
}

// Where such a column is otherwise than the parent's.
void OwnSettings(const Catalog& catalog, const Relation& table, const Column& column,
                 const std::string& alter, std::vector<std::string>* sql) {
  const Column* of_parent = nullptr;
  for (Oid oid : table.parents) {
    const Relation* parent = catalog.relation(oid);
    if (parent != nullptr && of_parent == nullptr) of_parent = parent->FindColumn(column.name);
  }
  if (of_parent == nullptr || column.generated != 0 || column.identity != 0) return;
  const auto value = [&](const Column& c) {
    return c.default_value == nullptr ? "" : Print(catalog, *c.default_value);
  };
  const std::string clause = alter + "ALTER COLUMN " + QuoteIdentifier(column.name) + " ";
  const std::string own = value(column);
  if (own != value(*of_parent))
    sql->push_back(clause + (own.empty() ? "DROP DEFAULT" : "SET DEFAULT " + own));
  if (column.not_null && !of_parent->not_null) sql->push_back(clause + "SET NOT NULL");
}

// Whether the text is one quoted string and `ending`.
bool IsLiteral(const std::string& text, const std::string& ending) {
  if (!text.starts_with('\'') || !text.ends_with(ending)) return false;
  const std::size_t end = text.size() - ending.size();
  std::size_t at = 1;
  while (at < end && (text[at] != '\'' || (at + 1 < end && text[at + 1] == '\'')))
    at += text[at] == '\'' ? 2 : 1;
  return at + 1 == end;
}

}  // namespace

std::string DefaultText(const Catalog& catalog, const Column& column) {
  const std::string text = Print(catalog, *column.default_value);
  // PostgreSQL keeps a NULL only where the type has a length to bring it to.
  if (text == "NULL" || text.starts_with("NULL::")) return column.type.typmod < 0 ? "" : "NULL";
  if (catalog.session.exact_print) return text;
  // A literal becomes the column's type by itself.
  const TypeRef base = BaseTypeOf(catalog, column.type);
  for (const TypeRef& type : {column.type, TypeRef{column.type.type, -1}, TypeRef{base.type, -1}}) {
    const std::string ending = type.type == 0 ? "::" : "::" + SqlType(catalog, type);
    if (IsLiteral(text, ending)) return text.substr(0, text.size() - ending.size());
  }
  // DEFAULT takes what the grammar calls b_expr: AND, IS NULL, AT TIME ZONE and the like need
  // their parentheses, operators do not.
  return column.default_value->kind == Expr::Kind::kOperator ? Bare(text) : text;
}

std::string ColumnDefinition(const Catalog& catalog, const Relation& table, const Column& column,
                             bool in_primary_key) {
  std::string text = QuoteIdentifier(column.name) + " ";
  const std::string serial = SerialType(catalog, table, column);
  if (!serial.empty()) return text + serial;
  text += SqlType(catalog, column);
  if (table.kind == RelationKind::kForeignTable && !column.options.empty())
    text += " OPTIONS (" + ForeignOptions(column.options) + ")";
  if (column.collation != 0) text += " COLLATE " + SqlCollation(catalog, column.collation);
  if (column.identity != 0) return text + " " + IdentityClause(catalog, table, column);
  if (column.generated != 0 && column.default_value != nullptr) {
    text += " GENERATED ALWAYS AS (" + Bare(Print(catalog, *column.default_value)) + ") STORED";
  } else if (column.default_value != nullptr) {
    const std::string value = DefaultText(catalog, column);
    if (!value.empty()) text += " DEFAULT " + value;
  }
  return column.not_null && !in_primary_key ? text + " NOT NULL" : text;
}

std::string PartitionBy(const Catalog& catalog, const Relation& table) {
  if (!table.partition_key) return "";
  std::vector<std::string> keys;
  for (const IndexKey& key : table.partition_key->keys) {
    const Column* column = table.FindColumn(key.column);
    std::string text = column != nullptr ? QuoteIdentifier(column->name) : "";
    if (key.expression != nullptr) text = KeyExpression(Print(catalog, *key.expression));
    if (key.collation != 0 && column != nullptr && key.collation != column->collation) {
      text += " COLLATE " + SqlCollation(catalog, key.collation);
    }
    const OperatorClass* opclass = key.opclass == 0 ? nullptr : catalog.operator_class(key.opclass);
    if (opclass != nullptr) text += " " + SqlOperatorClass(catalog, *opclass);
    keys.push_back(text);
  }
  std::string strategy = table.partition_key->strategy;
  for (char& c : strategy) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return " PARTITION BY " + strategy + " (" + Join(keys, ", ") + ")";
}

std::string CreateTable(const Catalog& catalog, const Relation& table,
                        const std::vector<const Constraint*>& constraints) {
  const Relation* parent =
      table.is_partition && !table.parents.empty() ? catalog.relation(table.parents[0]) : nullptr;
  const bool of_parent = parent != nullptr && SameColumns(table, *parent);
  std::vector<const Constraint*> used;
  std::vector<std::string> parts;
  for (const Column& column : table.columns) {
    const bool own = column.local || (table.is_partition && !of_parent);
    if (of_parent || table.of_type != 0 || !own) continue;
    parts.push_back(ColumnDefinition(catalog, table, column, IsInPrimaryKey(column, constraints)) +
                    InlineKey(catalog, column, constraints, &used) +
                    InlineReference(catalog, column, constraints, &used));
  }
  for (const Constraint* c : constraints) {
    if (!Contains(used, c)) parts.push_back(ConstraintClause(catalog, *c));
  }
  const std::string body = parts.empty() ? "" : "(\n    " + Join(parts, ",\n    ") + "\n)";
  std::string sql = Head(catalog, table);
  if (of_parent) {
    sql += " PARTITION OF " + SqlRelation(catalog, parent->oid) + (body.empty() ? "" : " " + body) +
           " " + (Bound(table) == "DEFAULT" ? "DEFAULT" : Bound(table));
  } else if (table.of_type != 0) {
    sql += " OF " + SqlType(catalog, {table.of_type, -1}) + (body.empty() ? "" : " " + body);
  } else {
    sql += body.empty() ? " ()" : " " + body;
  }
  return sql + Tail(catalog, table);
}

std::vector<std::string> TableSettings(const Catalog& catalog, const Relation& table) {
  std::vector<std::string> sql;
  const std::string alter = "ALTER TABLE " + SqlRelation(catalog, table.oid) + " ";
  const Relation* parent =
      table.is_partition && !table.parents.empty() ? catalog.relation(table.parents[0]) : nullptr;
  if (parent != nullptr && !SameColumns(table, *parent)) {
    sql.push_back("ALTER TABLE " + SqlRelation(catalog, parent->oid) + " ATTACH PARTITION " +
                  SqlRelation(catalog, table.oid) + " " + Bound(table));
  }
  for (const Column& c : table.columns) {
    if (IsTakenFromParent(table, parent, c)) OwnSettings(catalog, table, c, alter, &sql);
    const std::string column = alter + "ALTER COLUMN " + QuoteIdentifier(c.name) + " SET ";
    if (!c.storage.empty()) sql.push_back(column + "STORAGE " + c.storage);
    if (!c.compression.empty()) sql.push_back(column + "COMPRESSION " + c.compression);
    if (c.statistics && *c.statistics >= 0)
      sql.push_back(column + "STATISTICS " + std::to_string(*c.statistics));
    if (!c.options.empty() && table.kind != RelationKind::kForeignTable)
      sql.push_back(column + SqlOptions(c.options));
  }
  if (table.row_security) sql.push_back(alter + "ENABLE ROW LEVEL SECURITY");
  if (table.force_row_security) sql.push_back(alter + "FORCE ROW LEVEL SECURITY");
  if (table.replica_identity == 'f') sql.push_back(alter + "REPLICA IDENTITY FULL");
  if (table.replica_identity == 'n') sql.push_back(alter + "REPLICA IDENTITY NOTHING");
  return sql;
}

}  // namespace strata::catalog
