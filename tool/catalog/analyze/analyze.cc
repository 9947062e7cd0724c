#include "catalog/analyze/analyze.h"

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/volatility.h"
#include "sql/parse.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

// Coerces to what the place wants, in the words that PostgreSQL has for that place.
ExprPtr CoerceToExpected(Analysis* a, const Scope& scope, ExprPtr expr) {
  switch (scope.place) {
    case ExprPlace::kCheck:
    case ExprPlace::kDomainCheck:
      return a->CoerceToBoolean(expr, "CHECK");
    case ExprPlace::kIndexPredicate:
      return a->CoerceToBoolean(expr, "WHERE");
    case ExprPlace::kPolicy:
      return a->CoerceToBoolean(expr, "POLICY");
    case ExprPlace::kTriggerWhen:
      return a->CoerceToBoolean(expr, "WHEN");
    default:
      break;
  }
  if (scope.expected.type == 0) {
    const bool keep = scope.place == ExprPlace::kPartitionBound;
    return keep ? expr : a->ResolveUnknown(expr);
  }
  if (expr->type.type == 0) return expr;
  if (ExprPtr coerced = a->Coerce(expr, scope.expected, 'a')) return coerced;
  const std::string from = a->Name(expr->type.type), to = a->Name(scope.expected.type);
  const std::string quoted = "\"" + scope.target_name + "\"";
  if (scope.place == ExprPlace::kFunctionDefault) {
    a->Fail("datatype-mismatch", "argument of DEFAULT must be type " + to + ", not type " + from,
            expr->span.begin);
  } else if (scope.place == ExprPlace::kAlterUsing) {
    a->Fail("datatype-mismatch",
            "result of USING clause for column " + quoted +
                " cannot be cast automatically to type " + to,
            expr->span.begin, "add an explicit cast");
  } else {
    a->Fail("datatype-mismatch",
            "column " + quoted + " is of type " + to + " but default expression is of type " + from,
            expr->span.begin, "rewrite or cast the expression");
  }
  return expr;
}

void AddOldAndNew(Analysis* a, Level* level, const Relation& relation) {
  for (const char* name : {"old", "new"}) {
    Visible item;
    a->AddRelation(level, relation, nullptr, &item);
    level->query.ranges.back().alias = name;
    item.alias = name;
    item.schema.clear();
    item.by_column = false;
    level->visible.push_back(std::move(item));
  }
}

void AddExtraColumns(Level* level, const std::vector<ResultColumn>& columns) {
  if (columns.empty()) return;
  RangeEntry entry;
  entry.kind = RangeEntry::Kind::kOpaque;
  entry.columns = columns;
  const int range = static_cast<int>(level->query.ranges.size());
  level->query.ranges.push_back(std::move(entry));
  Visible item;
  item.range = range;
  item.by_name = false;
  for (std::size_t i = 0; i < columns.size(); ++i)
    item.columns.push_back({columns[i].name, range, static_cast<int>(i)});
  level->visible.push_back(std::move(item));
}

// Index expressions and generated columns may only use what never changes its answer.
void CheckImmutable(Analysis* a, const Scope& scope, const Expr& expr) {
  const char* message = scope.place == ExprPlace::kGenerated
                            ? "generation expression is not immutable"
                        : scope.place == ExprPlace::kIndexExpression
                            ? "functions in index expression must be marked IMMUTABLE"
                        : scope.place == ExprPlace::kIndexPredicate
                            ? "functions in index predicate must be marked IMMUTABLE"
                        : scope.place == ExprPlace::kPartitionKey
                            ? "functions in partition key expression must be marked IMMUTABLE"
                            : nullptr;
  if (message == nullptr) return;
  const MutablePart culprit = FirstMutable(a->catalog(), expr);
  if (culprit.what.empty()) return;
  a->Fail("invalid-object-definition", message, culprit.at,
          "do without " + culprit.what + ", whose result can change");
}

}  // namespace

ExprPtr AnalyzeExpression(const Catalog& catalog, const sql::Node* node, const Scope& scope,
                          Findings* findings) {
  Analysis analysis(catalog, findings);
  analysis.scope = &scope;
  analysis.parameters = scope.parameters;
  Level level;
  if (scope.relation != nullptr) {
    if (scope.old_and_new) {
      AddOldAndNew(&analysis, &level, *scope.relation);
    } else {
      Visible item;
      analysis.AddRelation(&level, *scope.relation, nullptr, &item);
      level.visible.push_back(std::move(item));
    }
  }
  AddExtraColumns(&level, scope.extra_columns);
  const std::size_t problems = findings->problems.size();
  ExprPtr expr = analysis.Expression(&level, node, Clause::kPlace);
  expr = CoerceToExpected(&analysis, scope, std::move(expr));
  if (findings->problems.size() == problems) CheckImmutable(&analysis, scope, *expr);
  return expr;
}

std::vector<FunctionArgument> InputsOf(const Function& function) {
  std::vector<FunctionArgument> inputs;
  for (const FunctionArgument& a : function.arguments) {
    if (a.mode == 'i' || a.mode == 'b' || a.mode == 'v') inputs.push_back(a);
  }
  return inputs;
}

QueryPtr AnalyzeQuery(const Catalog& catalog, const sql::Node* statement,
                      const std::vector<FunctionArgument>& parameters, Findings* findings) {
  Analysis analysis(catalog, findings);
  if (!parameters.empty()) analysis.parameters = &parameters;
  QueryPtr query = analysis.Statement(nullptr, statement);
  if (query == nullptr) {
    auto opaque = std::make_shared<Query>();
    opaque->kind = Query::Kind::kOpaque;
    opaque->certain = opaque->complete = false;
    findings->unchecked.push_back("statement " + std::string(sql::KindOf(statement)) +
                                  " is not analysed");
    query = std::move(opaque);
  }
  if (query->certain) return query;
  auto with_text = std::make_shared<Query>(*query);
  with_text->text = sql::Deparse(statement);
  return with_text;
}

}  // namespace strata::catalog
