#include "catalog/analyze/analyze.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

std::string Events(const Relation& table, const Trigger& t) {
  std::vector<std::string> events;
  for (const char* word : {"INSERT", "DELETE", "UPDATE", "TRUNCATE"}) {
    for (const std::string& event : t.events) {
      if (event != word) continue;
      const std::string columns = event == "UPDATE" ? SqlColumns(table, t.columns) : "";
      events.push_back(columns.empty() ? event : event + " OF " + columns);
    }
  }
  return Join(events, " OR ");
}

std::string Arguments(const Trigger& t) {
  std::vector<std::string> arguments;
  for (const std::string& a : t.arguments) arguments.push_back(QuoteLiteral(a));
  return "(" + Join(arguments, ", ") + ")";
}

std::string Grantee(const std::string& role) {
  return role == "public" || role == "PUBLIC" || role.empty() ? "PUBLIC" : QuoteIdentifier(role);
}

}  // namespace

std::string CreateTrigger(const Catalog& catalog, const Trigger& t) {
  const Relation* table = catalog.relation(t.relation);
  const Function* function = catalog.function(t.function);
  if (table == nullptr || function == nullptr) return "";
  std::string sql = t.constraint ? "CREATE CONSTRAINT TRIGGER " : "CREATE TRIGGER ";
  sql += QuoteIdentifier(t.name) + "\n    " + t.timing + " " + Events(*table, t) + " ON " +
         SqlRelation(catalog, table->oid);
  if (t.referenced != 0) sql += "\n    FROM " + SqlRelation(catalog, t.referenced);
  if (t.deferrable) sql += t.deferred ? "\n    DEFERRABLE INITIALLY DEFERRED" : "\n    DEFERRABLE";
  if (!t.old_table.empty() || !t.new_table.empty()) {
    sql += "\n    REFERENCING";
    if (!t.old_table.empty()) sql += " OLD TABLE AS " + QuoteIdentifier(t.old_table);
    if (!t.new_table.empty()) sql += " NEW TABLE AS " + QuoteIdentifier(t.new_table);
  }
  sql += t.for_each_row ? "\n    FOR EACH ROW" : "\n    FOR EACH STATEMENT";
  if (t.when != nullptr) sql += "\n    WHEN (" + Bare(PrintOfRows(catalog, *t.when, *table)) + ")";
  return sql + "\n    EXECUTE FUNCTION " + SqlFunction(catalog, *function) + Arguments(t);
}

std::string CreatePolicy(const Catalog& catalog, const Policy& p) {
  std::string sql =
      "CREATE POLICY " + QuoteIdentifier(p.name) + " ON " + SqlRelation(catalog, p.relation);
  if (!p.permissive) sql += " AS RESTRICTIVE";
  if (p.command != "ALL" && !p.command.empty()) sql += " FOR " + p.command;
  std::vector<std::string> roles;
  for (const std::string& role : p.roles) roles.push_back(Grantee(role));
  if (!roles.empty() && !(roles.size() == 1 && roles[0] == "PUBLIC"))
    sql += " TO " + Join(roles, ", ");
  if (p.using_expression != nullptr)
    sql += "\n    USING (" + Bare(Print(catalog, *p.using_expression)) + ")";
  if (p.check_expression != nullptr)
    sql += "\n    WITH CHECK (" + Bare(Print(catalog, *p.check_expression)) + ")";
  return sql;
}

std::string CreateRule(const Catalog&, const Rule& rule) {
  return "CREATE RULE " + QuoteIdentifier(rule.name) + " AS " + rule.definition;
}

}  // namespace strata::catalog
