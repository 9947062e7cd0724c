#include "catalog/analyze/moved.h"

namespace strata::catalog {

ExprPtr Moved(const ExprPtr& expr, const Relation& from, const Relation& to) {
  if (expr == nullptr) return nullptr;
  if (expr->kind == Expr::Kind::kColumn) {
    const Column* was = from.FindColumn(expr->number);
    const Column* is = was == nullptr ? nullptr : to.FindColumn(was->name);
    if (expr->relation != from.oid || (was != nullptr && is == nullptr)) return expr;
    auto column = std::make_shared<Expr>(*expr);
    column->relation = to.oid;
    if (is != nullptr) column->number = is->number;
    return column;
  }
  auto copy = std::make_shared<Expr>(*expr);
  for (ExprPtr& arg : copy->args) arg = Moved(arg, from, to);
  for (SortItem& item : copy->order) item.value = Moved(item.value, from, to);
  copy->filter = Moved(copy->filter, from, to);
  return copy->args == expr->args && copy->filter == expr->filter && copy->order.empty() ? expr
                                                                                         : copy;
}

}  // namespace strata::catalog
