// CREATE STATISTICS
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catalog/apply/named.h"
#include "catalog/apply/names.h"
#include "catalog/apply/statement.h"
#include "sql/parse.h"

namespace strata::catalog {
namespace {

class StatisticsMaker {
 public:
  StatisticsMaker(Context& context, const sql::CreateStatsStmt& statement)
      : context_(context), statement_(statement) {}

  void Make() {
    const auto* range =
        statement_.n_relations == 0 ? nullptr : sql::As<sql::RangeVar>(statement_.relations[0]);
    const Relation* table =
        range == nullptr ? nullptr : context_.NeedRelation(context_.NameOf(*range));
    if (table == nullptr) return;
    for (const sql::Node* n : sql::Each(statement_.n_exprs, statement_.exprs)) {
      if (const auto* element = sql::As<sql::StatsElem>(n)) Add(*table, *element);
    }
    // As PostgreSQL keeps them (statscmds.c): columns in the table's order, then expressions.
    std::sort(columns_.begin(), columns_.end());
    const Oid table_oid = table->oid;
    const Oid oid = MakeNamed(context_, ObjectClass::kStatistics, NameFor(*table), true, 0, nullptr,
                              statement_.if_not_exists);
    if (oid == 0) return;
    context_.edit.ChangeNamed(oid, [&](NamedObject* s) {
      s->relation = table_oid;
      s->columns = columns_;
      s->expressions = expressions_;
      s->options["kinds"] = Kinds();
    });
    DependOn(oid, table_oid);
  }

 private:
  void Add(const Relation& table, const sql::StatsElem& element) {
    if (element.name == nullptr || element.name[0] == '\0') {
      Scope scope;
      scope.relation = &table;
      expressions_.push_back(
          AnalyzeExpression(context_.catalog, element.expr, scope, context_.findings()));
      names_.emplace_back("expr");
      return;
    }
    const Column* c = table.FindColumn(element.name);
    if (c == nullptr && table.complete) {
      context_.Report("undefined-column",
                      "column \"" + std::string(element.name) + "\" does not exist",
                      context_.Find(element.name));
    }
    if (c != nullptr) columns_.push_back(c->number);
    names_.emplace_back(element.name);
  }

  Name NameFor(const Relation& table) {
    if (statement_.n_defnames > 0)
      return context_.NameOf(statement_.n_defnames, statement_.defnames);
    Name name;
    name.schema = context_.catalog.schema(table.schema)->name;
    name.name = ChooseRelationName(context_.catalog, table.schema, table.name,
                                   JoinedColumns(names_), "stat", false);
    return name;
  }

  // In the order, and left out where, PostgreSQL prints them.
  std::string Kinds() const {
    std::set<std::string> asked;
    for (const sql::Node* n : sql::Each(statement_.n_stat_types, statement_.stat_types))
      asked.insert(std::string(sql::StringOf(n)));
    std::string kinds;
    for (const char* kind : {"ndistinct", "dependencies", "mcv"}) {
      if (asked.count(kind) > 0 && asked.size() < 3)
        kinds += (kinds.empty() ? "" : ", ") + std::string(kind);
    }
    return kinds;
  }

  void DependOn(Oid statistics, Oid table) {
    const ObjectRef self{ObjectClass::kStatistics, statistics};
    for (std::int16_t n : columns_)
      context_.edit.Depend(self, {ObjectClass::kRelation, table, n}, DependencyKind::kAuto);
    context_.edit.Depend(self, {ObjectClass::kRelation, table}, DependencyKind::kAuto);
    for (const ExprPtr& e : expressions_) context_.edit.Depend(self, ReferencesOf(*e), table);
  }

  Context& context_;
  const sql::CreateStatsStmt& statement_;
  std::vector<std::int16_t> columns_;
  std::vector<ExprPtr> expressions_;
  std::vector<std::string> names_;
};

}  // namespace

void ApplyStatement(Context& context, const sql::CreateStatsStmt& statement) {
  StatisticsMaker(context, statement).Make();
}

}  // namespace strata::catalog
