#include "catalog/definition.h"

#include "catalog/analyze/analyze.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

std::string RelationName(const Catalog& catalog, Oid oid) {
  const Relation* r = catalog.relation(oid);
  return r == nullptr ? "?" : FullName(catalog, r->schema, r->name);
}

std::string ColumnName(const Catalog& catalog, Oid relation, std::int16_t number) {
  const Relation* r = catalog.relation(relation);
  const Column* c = r == nullptr ? nullptr : r->FindColumn(number);
  return c == nullptr ? "?" : QuoteIdentifier(c->name);
}

std::string ColumnList(const Catalog& catalog, Oid relation,
                       const std::vector<std::int16_t>& numbers) {
  std::string text;
  for (std::int16_t n : numbers)
    text += (text.empty() ? "" : ", ") + ColumnName(catalog, relation, n);
  return text;
}

std::string KeyText(const Catalog& catalog, Oid table, const IndexKey& key, bool btree) {
  std::string text = key.column != 0 ? ColumnName(catalog, table, key.column)
                                     : "(" + Print(catalog, *key.expression) + ")";
  if (const NamedObject* collation = key.collation == 0 ? nullptr : catalog.named(key.collation)) {
    text += " COLLATE " + FullName(catalog, collation->schema, collation->name);
  }
  if (const OperatorClass* c = key.opclass == 0 ? nullptr : catalog.operator_class(key.opclass))
    text += " " + QuoteIdentifier(c->name);
  if (!key.opclass_options.empty()) text += " (" + key.opclass_options + ")";
  if (!btree) return text;
  if (key.descending) text += " DESC";
  if (key.nulls_first && !key.descending) text += " NULLS FIRST";
  if (!key.nulls_first && key.descending) text += " NULLS LAST";
  return text;
}

std::string Keys(const Catalog& catalog, const IndexDefinition& d) {
  std::string text;
  for (const IndexKey& key : d.keys)
    text += (text.empty() ? "" : ", ") + KeyText(catalog, d.table, key, d.method == "btree");
  return text;
}

std::string Options(const std::map<std::string, std::string>& options) {
  std::string text;
  for (const auto& [name, value] : options)
    text += (text.empty() ? "" : ", ") + name + "='" + value + "'";
  return text.empty() ? "" : " WITH (" + text + ")";
}

std::string Deferral(bool deferrable, bool deferred) {
  return std::string(deferrable ? " DEFERRABLE" : "") + (deferred ? " INITIALLY DEFERRED" : "");
}

const char* Action(char letter) {
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
      return "";
  }
}

std::string ForeignKeyText(const Catalog& catalog, const Constraint& c) {
  std::string text = "FOREIGN KEY (" + ColumnList(catalog, c.relation, c.columns) +
                     ") REFERENCES " + RelationName(catalog, c.referenced) + "(" +
                     ColumnList(catalog, c.referenced, c.referenced_columns) + ")";
  if (c.match == 'f') text += " MATCH FULL";
  if (*Action(c.on_update) != '\0') text += std::string(" ON UPDATE ") + Action(c.on_update);
  if (*Action(c.on_delete) != '\0') text += std::string(" ON DELETE ") + Action(c.on_delete);
  if (!c.on_delete_columns.empty())
    text += " (" + ColumnList(catalog, c.relation, c.on_delete_columns) + ")";
  return text;
}

std::string IndexedText(const Catalog& catalog, const Constraint& c) {
  const Relation* index = catalog.relation(c.index);
  if (index == nullptr || !index->index) return "";
  const IndexDefinition& d = *index->index;
  std::string text;
  if (c.kind == ConstraintKind::kExclusion) {
    text = "EXCLUDE USING " + d.method + " (";
    for (std::size_t i = 0; i < d.keys.size(); ++i) {
      text += (i > 0 ? ", " : "") + KeyText(catalog, d.table, d.keys[i], false);
      if (i < c.exclusion_operators.size()) text += " WITH " + c.exclusion_operators[i];
    }
    text += ")";
  } else {
    text = c.kind == ConstraintKind::kPrimaryKey ? "PRIMARY KEY ("
           : d.nulls_not_distinct                ? "UNIQUE NULLS NOT DISTINCT ("
                                                 : "UNIQUE (";
    text += ColumnList(catalog, c.relation, c.columns) + ")";
  }
  if (!d.included.empty()) text += " INCLUDE (" + ColumnList(catalog, d.table, d.included) + ")";
  text += Options(index->options);
  if (!index->tablespace.empty())
    text += " USING INDEX TABLESPACE " + QuoteIdentifier(index->tablespace);
  if (d.predicate != nullptr) text += " WHERE (" + Print(catalog, *d.predicate) + ")";
  return text;
}

}  // namespace

std::string FullName(const Catalog& catalog, Oid schema, const std::string& name) {
  const Schema* s = schema == kPublicSchema || schema == 0 ? nullptr : catalog.schema(schema);
  return s == nullptr ? QuoteIdentifier(name)
                      : QuoteIdentifier(s->name) + "." + QuoteIdentifier(name);
}

std::string IndexText(const Catalog& catalog, const Relation& index) {
  const IndexDefinition& d = *index.index;
  std::string text = std::string("CREATE ") + (d.unique ? "UNIQUE " : "") + "INDEX " +
                     QuoteIdentifier(index.name) + " ON " + RelationName(catalog, d.table) +
                     " USING " + d.method + " (" + Keys(catalog, d) + ")";
  if (!d.included.empty()) text += " INCLUDE (" + ColumnList(catalog, d.table, d.included) + ")";
  if (d.nulls_not_distinct) text += " NULLS NOT DISTINCT";
  text += Options(index.options);
  if (!index.tablespace.empty()) text += " TABLESPACE " + QuoteIdentifier(index.tablespace);
  if (d.predicate != nullptr) text += " WHERE (" + Print(catalog, *d.predicate) + ")";
  return text;
}

std::string ConstraintText(const Catalog& catalog, const Constraint& c) {
  std::string text;
  switch (c.kind) {
    case ConstraintKind::kCheck:
      text = "CHECK (" + (c.check == nullptr ? "" : Print(catalog, *c.check)) + ")";
      if (c.no_inherit) text += " NO INHERIT";
      break;
    case ConstraintKind::kForeignKey:
      text = ForeignKeyText(catalog, c);
      break;
    default:
      text = IndexedText(catalog, c);
  }
  text += Deferral(c.deferrable, c.deferred);
  if (!c.validated) text += " NOT VALID";
  return text;
}

std::string TriggerText(const Catalog& catalog, const Trigger& t) {
  std::string text = std::string("CREATE ") + (t.constraint ? "CONSTRAINT " : "") + "TRIGGER " +
                     QuoteIdentifier(t.name) + " " + t.timing + " ";
  for (std::size_t i = 0; i < t.events.size(); ++i) {
    text += (i > 0 ? " OR " : "") + t.events[i];
    if (t.events[i] == "UPDATE" && !t.columns.empty())
      text += " OF " + ColumnList(catalog, t.relation, t.columns);
  }
  text += " ON " + RelationName(catalog, t.relation);
  if (t.referenced != 0) text += " FROM " + RelationName(catalog, t.referenced);
  if (t.constraint) text += t.deferrable ? Deferral(true, t.deferred) : " NOT DEFERRABLE";
  if (!t.old_table.empty() || !t.new_table.empty()) text += " REFERENCING";
  if (!t.old_table.empty()) text += " OLD TABLE AS " + QuoteIdentifier(t.old_table);
  if (!t.new_table.empty()) text += " NEW TABLE AS " + QuoteIdentifier(t.new_table);
  text += t.for_each_row ? " FOR EACH ROW" : " FOR EACH STATEMENT";
  if (t.when != nullptr) text += " WHEN (" + Print(catalog, *t.when) + ")";
  const Function* f = catalog.function(t.function);
  text += " EXECUTE FUNCTION " + (f == nullptr ? "?" : FullName(catalog, f->schema, f->name)) + "(";
  for (std::size_t i = 0; i < t.arguments.size(); ++i)
    text += (i > 0 ? ", " : "") + QuoteLiteral(t.arguments[i]);
  return text + ")";
}

std::string PolicyText(const Catalog& catalog, const Policy& p) {
  std::string text = std::string("AS ") + (p.permissive ? "PERMISSIVE" : "RESTRICTIVE") + " FOR " +
                     p.command + " TO ";
  for (std::size_t i = 0; i < p.roles.size(); ++i) {
    text += (i > 0 ? ", " : "") + (p.roles[i] == "public" ? "PUBLIC" : QuoteIdentifier(p.roles[i]));
  }
  if (p.roles.empty()) text += "PUBLIC";
  if (p.using_expression != nullptr) text += " USING (" + Print(catalog, *p.using_expression) + ")";
  if (p.check_expression != nullptr)
    text += " WITH CHECK (" + Print(catalog, *p.check_expression) + ")";
  return text;
}

std::string SequenceText(const Catalog& catalog, const SequenceDefinition& s) {
  return "AS " + catalog.TypeName({s.type, -1}) + " START WITH " + std::to_string(s.start) +
         " INCREMENT BY " + std::to_string(s.increment) + " MINVALUE " + std::to_string(s.minimum) +
         " MAXVALUE " + std::to_string(s.maximum) + " CACHE " + std::to_string(s.cache) +
         (s.cycle ? " CYCLE" : " NO CYCLE");
}

std::string ArgumentsText(const Catalog& catalog, const Function& f) {
  std::string text;
  for (const FunctionArgument& a : f.arguments) {
    if (a.mode == 't') continue;
    if (!text.empty()) text += ", ";
    if (a.mode == 'o') text += "OUT ";
    if (a.mode == 'b') text += "INOUT ";
    if (a.mode == 'v') text += "VARIADIC ";
    if (!a.name.empty()) text += QuoteIdentifier(a.name) + " ";
    text += catalog.TypeName({a.type.type, -1});
    if (a.default_value != nullptr) text += " DEFAULT " + Print(catalog, *a.default_value);
  }
  return "(" + text + ")";
}

std::string ResultText(const Catalog& catalog, const Function& f) {
  std::string table;
  for (const FunctionArgument& a : f.arguments) {
    if (a.mode == 't')
      table += (table.empty() ? "" : ", ") + QuoteIdentifier(a.name) + " " +
               catalog.TypeName({a.type.type, -1});
  }
  if (!table.empty()) return "TABLE(" + table + ")";
  return (f.returns_set ? "SETOF " : "") + catalog.TypeName({f.result.type, -1});
}

std::string PartitionKeyText(const Catalog& catalog, const Relation& table) {
  if (!table.partition_key) return "";
  std::string text;
  for (const IndexKey& key : table.partition_key->keys)
    text += (text.empty() ? "" : ", ") + KeyText(catalog, table.oid, key, false);
  std::string strategy = table.partition_key->strategy;
  for (char& c : strategy) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return strategy + " (" + text + ")";
}

std::string UsualStorage(const Catalog& catalog, Oid type) {
  constexpr Oid kCidr = 650, kInet = 869, kNumeric = 1700;
  const Type* t = catalog.type(type);
  if (t != nullptr && t->kind == TypeKind::kDomain) return UsualStorage(catalog, t->base.type);
  return type == kCidr || type == kInet || type == kNumeric ? "main" : "extended";
}

}  // namespace strata::catalog
