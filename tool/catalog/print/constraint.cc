#include "catalog/analyze/analyze.h"
#include "catalog/apply/names.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

std::string Action(char letter) {
  switch (letter) {
    case 'r':
      return "RESTRICT";
    case 'c':
      return "CASCADE";
    case 'n':
      return "SET NULL";
    case 'd':
      return "SET DEFAULT";
    default:
      return "NO ACTION";
  }
}

std::string ForeignKey(const Catalog& catalog, const Constraint& c, const Relation& table) {
  std::string text = "FOREIGN KEY (" + SqlColumns(table, c.columns) + ") REFERENCES " +
                     SqlRelation(catalog, c.referenced);
  if (const Relation* other = catalog.relation(c.referenced)) {
    text += " (" + SqlColumns(*other, c.referenced_columns) + ")";
  }
  if (c.match == 'f') text += " MATCH FULL";
  if (c.on_update != 'a') text += " ON UPDATE " + Action(c.on_update);
  if (c.on_delete != 'a') {
    text += " ON DELETE " + Action(c.on_delete);
    if (!c.on_delete_columns.empty()) text += " (" + SqlColumns(table, c.on_delete_columns) + ")";
  }
  return text;
}

// The part of an index that a constraint repeats.
std::string KeyTail(const Catalog& catalog, const Relation& table, const Constraint& c) {
  const Relation* index = catalog.relation(c.index);
  if (index == nullptr || !index->index) return "";
  std::string text;
  if (!index->index->included.empty())
    text += " INCLUDE (" + SqlColumns(table, index->index->included) + ")";
  if (!index->options.empty()) text += " WITH " + SqlOptions(index->options);
  return text;
}

std::string Key(const Catalog& catalog, const Constraint& c, const Relation& table) {
  const Relation* index = catalog.relation(c.index);
  const bool nulls_alike = index != nullptr && index->index && index->index->nulls_not_distinct;
  const char* word = c.kind == ConstraintKind::kPrimaryKey ? "PRIMARY KEY" : "UNIQUE";
  return std::string(word) + (nulls_alike ? " NULLS NOT DISTINCT" : "") + " (" +
         SqlColumns(table, c.columns) + ")" + KeyTail(catalog, table, c);
}

std::string Exclusion(const Catalog& catalog, const Constraint& c, const Relation& table) {
  const Relation* index = catalog.relation(c.index);
  if (index == nullptr || !index->index) return "";
  std::vector<std::string> parts;
  const IndexDefinition& d = *index->index;
  for (std::size_t i = 0; i < d.keys.size(); ++i) {
    const IndexKey& key = d.keys[i];
    const Column* column = table.FindColumn(key.column);
    std::string part = column != nullptr           ? QuoteIdentifier(column->name)
                       : key.expression != nullptr ? KeyExpression(Print(catalog, *key.expression))
                                                   : "";
    const OperatorClass* opclass = key.opclass == 0 ? nullptr : catalog.operator_class(key.opclass);
    if (opclass != nullptr) part += " " + SqlOperatorClass(catalog, *opclass);
    if (i < c.exclusion_operators.size()) part += " WITH " + c.exclusion_operators[i];
    parts.push_back(part);
  }
  std::string text = "EXCLUDE USING " + QuoteIdentifier(d.method) + " (" + Join(parts, ", ") + ")" +
                     KeyTail(catalog, table, c);
  if (d.predicate != nullptr) text += " WHERE (" + Bare(Print(catalog, *d.predicate)) + ")";
  return text;
}

std::string UsualName(const Catalog& catalog, const Constraint& c, const Relation& table) {
  const Relation* index = catalog.relation(c.index);
  if (c.kind == ConstraintKind::kUnique && index != nullptr && index->index &&
      !index->index->included.empty())
    return "";
  std::vector<std::string> columns;
  for (std::int16_t number : c.columns) {
    const Column* column = table.FindColumn(number);
    if (column == nullptr) return "";
    columns.push_back(column->name);
  }
  switch (c.kind) {
    case ConstraintKind::kPrimaryKey:
      return MakeObjectName(table.name, "", "pkey");
    case ConstraintKind::kUnique:
      return MakeObjectName(table.name, JoinedColumns(columns), "key");
    case ConstraintKind::kForeignKey:
      return MakeObjectName(table.name, JoinedColumns(columns), "fkey");
    case ConstraintKind::kCheck:
      return MakeObjectName(table.name, columns.size() == 1 ? columns[0] : "", "check");
    default:
      return "";
  }
}

}  // namespace

bool IsInherited(const Constraint& c) { return c.parent != 0 || (c.inherited > 0 && !c.local); }

bool HasUsualName(const Catalog& catalog, const Constraint& c) {
  const Relation* table = catalog.relation(c.relation);
  return table != nullptr && UsualName(catalog, c, *table) == c.name;
}

std::string ConstraintBody(const Catalog& catalog, const Constraint& c) {
  const Relation* table = catalog.relation(c.relation);
  if (table == nullptr) return "";
  std::string text;
  switch (c.kind) {
    case ConstraintKind::kCheck:
      text = "CHECK (" + (c.check == nullptr ? "" : Bare(Print(catalog, *c.check))) + ")";
      if (c.no_inherit) text += " NO INHERIT";
      break;
    case ConstraintKind::kForeignKey:
      text = ForeignKey(catalog, c, *table);
      break;
    case ConstraintKind::kPrimaryKey:
    case ConstraintKind::kUnique:
      text = Key(catalog, c, *table);
      break;
    case ConstraintKind::kExclusion:
      text = Exclusion(catalog, c, *table);
      break;
    case ConstraintKind::kTrigger:
      return "";
  }
  if (c.deferrable) text += c.deferred ? " DEFERRABLE INITIALLY DEFERRED" : " DEFERRABLE";
  if (!c.validated) text += " NOT VALID";
  return text;
}

std::string ConstraintClause(const Catalog& catalog, const Constraint& c) {
  const std::string body = ConstraintBody(catalog, c);
  // The choice for a CHECK looks at the columns of its expression, so its name is always written.
  const bool usual = c.kind != ConstraintKind::kCheck && HasUsualName(catalog, c);
  return usual ? body : "CONSTRAINT " + QuoteIdentifier(c.name) + " " + body;
}

}  // namespace strata::catalog
