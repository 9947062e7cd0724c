#include "catalog/analyze/place.h"

namespace strata::catalog {

namespace {

// Of a lone expression; `plural` for functions, singular for subqueries.
std::string NameOf(ExprPlace place, bool plural) {
  const std::string s = plural ? "s" : "";
  switch (place) {
    case ExprPlace::kDefault:
      return "DEFAULT expression" + s;
    case ExprPlace::kCheck:
    case ExprPlace::kDomainCheck:
      return "check constraint" + s;
    case ExprPlace::kGenerated:
      return "column generation expression" + s;
    case ExprPlace::kIndexExpression:
      return "index expression" + s;
    case ExprPlace::kIndexPredicate:
      return "index predicate" + s;
    case ExprPlace::kPolicy:
      return plural ? "policy expressions" : "";
    case ExprPlace::kTriggerWhen:
      return "trigger WHEN condition" + s;
    case ExprPlace::kAlterUsing:
      return "transform expression" + s;
    case ExprPlace::kPartitionKey:
      return plural ? "partition key expressions" : "partition key expression";
    case ExprPlace::kPartitionBound:
      return "partition bound";
    case ExprPlace::kFunctionDefault:
      return "DEFAULT expression" + s;
    case ExprPlace::kOther:
      return "";
  }
  return "";
}

bool IsLone(Clause clause, const Scope* scope, bool outermost) {
  return scope != nullptr && outermost && clause == Clause::kPlace;
}

}  // namespace

std::string PlaceForAggregates(Clause clause, const Scope* scope, bool outermost) {
  if (IsLone(clause, scope, outermost)) return NameOf(scope->place, true);
  switch (clause) {
    case Clause::kJoinOn:
      return "JOIN conditions";
    case Clause::kFromFunction:
      return "functions in FROM";
    case Clause::kWhere:
      return "WHERE";
    case Clause::kFilter:
      return "FILTER";
    case Clause::kWindowFrame:
      return "window frame";
    case Clause::kUpdateSource:
      return "UPDATE";
    case Clause::kGroupBy:
      return "GROUP BY";
    case Clause::kLimit:
      return "LIMIT";
    case Clause::kOffset:
      return "OFFSET";
    case Clause::kReturning:
      return "RETURNING";
    case Clause::kValues:
    case Clause::kValuesSingle:
      return "VALUES";
    case Clause::kMergeWhen:
      return "MERGE WHEN conditions";
    case Clause::kCallArgument:
      return "CALL arguments";
    default:
      return "";
  }
}

std::string PlaceForWindows(Clause clause, const Scope* scope, bool outermost) {
  if (clause == Clause::kHaving) return "HAVING";
  if (clause == Clause::kWindowPartition || clause == Clause::kWindowOrder ||
      clause == Clause::kWindowFrame) {
    return "window definitions";
  }
  return PlaceForAggregates(clause, scope, outermost);
}

std::string PlaceForSets(Clause clause, const Scope* scope, bool outermost) {
  if (IsLone(clause, scope, outermost)) return NameOf(scope->place, true);
  switch (clause) {
    case Clause::kJoinOn:
      return "JOIN conditions";
    case Clause::kWhere:
      return "WHERE";
    case Clause::kHaving:
      return "HAVING";
    case Clause::kFilter:
      return "FILTER";
    case Clause::kWindowFrame:
      return "window definitions";
    case Clause::kUpdateSource:
      return "UPDATE";
    case Clause::kLimit:
      return "LIMIT";
    case Clause::kOffset:
      return "OFFSET";
    case Clause::kReturning:
      return "RETURNING";
    case Clause::kValues:
      return "VALUES";
    case Clause::kMergeWhen:
      return "MERGE WHEN conditions";
    case Clause::kCallArgument:
      return "CALL arguments";
    default:
      return "";
  }
}

std::string PlaceForSubqueries(Clause clause, const Scope* scope, bool outermost) {
  return IsLone(clause, scope, outermost) ? NameOf(scope->place, false) : "";
}

}  // namespace strata::catalog
