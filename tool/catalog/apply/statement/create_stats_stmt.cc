// CREATE STATISTICS
#include <set>

#include "catalog/apply/named.h"
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "catalog/quote.h"
#include "sql/parse.h"

namespace strata::catalog {

void ApplyStatement(Context& context, const sql::CreateStatsStmt& statement) {
  const auto* range =
      statement.n_relations == 0 ? nullptr : sql::As<sql::RangeVar>(statement.relations[0]);
  const Relation* table = range == nullptr ? nullptr : context.NeedRelation(context.NameOf(*range));
  if (table == nullptr) return;
  std::vector<std::int16_t> columns;
  std::vector<std::string> names;
  std::vector<ObjectRef> needs;
  std::string definition;
  for (const sql::Node* n : sql::Each(statement.n_exprs, statement.exprs)) {
    const auto* element = sql::As<sql::StatsElem>(n);
    if (element == nullptr) continue;
    if (element->name != nullptr && element->name[0] != '\0') {
      const Column* c = table->FindColumn(element->name);
      if (c == nullptr && table->complete) {
        context.Report("undefined-column",
                       "column \"" + std::string(element->name) + "\" does not exist",
                       context.Find(element->name));
      }
      if (c != nullptr) columns.push_back(c->number);
      names.emplace_back(element->name);
      definition += (definition.empty() ? "" : ", ") + QuoteIdentifier(names.back());
    } else {
      Scope scope;
      scope.relation = table;
      const ExprPtr e =
          AnalyzeExpression(context.catalog, element->expr, scope, context.findings());
      for (const ObjectRef& ref : ReferencesOf(*e)) needs.push_back(ref);
      names.emplace_back("expr");
      definition += (definition.empty() ? "(" : ", (") + Print(context.catalog, *e) + ")";
    }
  }
  Name name;
  if (statement.n_defnames > 0) {
    name = context.NameOf(statement.n_defnames, statement.defnames);
  } else {
    name.schema = context.catalog.schema(table->schema)->name;
    name.name = ChooseRelationName(context.catalog, table->schema, table->name,
                                   JoinedColumns(names), "stat", false);
  }
  const Oid table_oid = table->oid;
  const Oid oid =
      MakeNamed(context, ObjectClass::kStatistics, name, true, 0, nullptr, statement.if_not_exists);
  if (oid == 0) return;
  std::string kinds;
  std::set<std::string> asked;
  for (const sql::Node* n : sql::Each(statement.n_stat_types, statement.stat_types))
    asked.insert(std::string(sql::StringOf(n)));
  // In the order, and left out where, PostgreSQL prints them.
  for (const char* kind : {"ndistinct", "dependencies", "mcv"}) {
    if (asked.count(kind) > 0 && asked.size() < 3)
      kinds += (kinds.empty() ? "" : ", ") + std::string(kind);
  }
  context.edit.ChangeNamed(oid, [&](NamedObject* s) {
    s->relation = table_oid;
    s->definition = definition;
    s->options["kinds"] = kinds;
  });
  const ObjectRef self{ObjectClass::kStatistics, oid};
  for (std::int16_t n : columns)
    context.edit.Depend(self, {ObjectClass::kRelation, table_oid, n}, DependencyKind::kAuto);
  context.edit.Depend(self, {ObjectClass::kRelation, table_oid}, DependencyKind::kAuto);
  context.edit.Depend(self, needs, table_oid);
}

}  // namespace strata::catalog
