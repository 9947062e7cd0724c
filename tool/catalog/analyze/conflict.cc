#include "catalog/analyze/conflict.h"

#include <algorithm>
#include <set>

namespace strata::catalog {

using Kind = Expr::Kind;

namespace {

// False where some of it is not known.
bool ColumnsOf(const Expr& expr, std::set<std::int16_t>* columns) {
  if (expr.kind == Kind::kOpaque || expr.query != nullptr) return false;
  if (expr.kind == Kind::kColumn) columns->insert(expr.number);
  return std::all_of(expr.args.begin(), expr.args.end(), [&](const ExprPtr& arg) {
    return arg == nullptr || ColumnsOf(*arg, columns);
  });
}

// False where it is certain that they differ: other columns, or another function.
bool MayBeTheSame(const Expr& a, const Expr& b) {
  const bool functions = a.kind == Kind::kFunction && b.kind == Kind::kFunction;
  if (functions && a.object != 0 && b.object != 0 && a.object != b.object) return false;
  std::set<std::int16_t> of_a, of_b;
  return !ColumnsOf(a, &of_a) || !ColumnsOf(b, &of_b) || of_a == of_b;
}

bool EachHasAPartner(const std::vector<ExprPtr>& some, const std::vector<ExprPtr>& others) {
  return std::all_of(some.begin(), some.end(), [&](const ExprPtr& a) {
    return std::any_of(others.begin(), others.end(),
                       [&](const ExprPtr& b) { return MayBeTheSame(*a, *b); });
  });
}

}  // namespace

bool CanArbitrate(const Relation& relation, const Query& query) {
  if (!relation.index || !relation.index->unique || !relation.index->valid) return false;
  const IndexDefinition& index = *relation.index;
  std::vector<std::int16_t> columns;
  std::vector<ExprPtr> expressions;
  for (const IndexKey& key : index.keys) {
    if (key.column != 0) {
      columns.push_back(key.column);
    } else {
      expressions.push_back(key.expression);
    }
  }
  std::vector<std::int16_t> wanted = query.conflict_columns;
  std::sort(columns.begin(), columns.end());
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  columns.erase(std::unique(columns.begin(), columns.end()), columns.end());
  if (columns != wanted) return false;
  if (!EachHasAPartner(expressions, query.conflict_expressions) ||
      !EachHasAPartner(query.conflict_expressions, expressions))
    return false;
  return index.predicate == nullptr || query.conflict_predicate != nullptr;
}

}  // namespace strata::catalog
