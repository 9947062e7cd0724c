#include "catalog/analyze/analysis.h"

namespace strata::catalog {

namespace {

bool SamePtr(const ExprPtr& a, const ExprPtr& b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a == b || SameExpr(*a, *b);
}

bool SameList(const std::vector<ExprPtr>& a, const std::vector<ExprPtr>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!SamePtr(a[i], b[i])) return false;
  }
  return true;
}

bool SameOrder(const std::vector<SortItem>& a, const std::vector<SortItem>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const bool same = SamePtr(a[i].value, b[i].value) && a[i].descending == b[i].descending &&
                      a[i].nulls == b[i].nulls && a[i].using_operator == b[i].using_operator;
    if (!same) return false;
  }
  return true;
}

bool SameWindow(const std::shared_ptr<const WindowSpec>& a,
                const std::shared_ptr<const WindowSpec>& b) {
  if (a == nullptr || b == nullptr) return a == b;
  return a->name == b->name && a->refines == b->refines && a->frame == b->frame &&
         SameList(a->partition, b->partition) && SameOrder(a->order, b->order) &&
         SameList(a->frame_offsets, b->frame_offsets);
}

bool SameColumn(const Expr& a, const Expr& b) {
  return a.level == b.level && a.range == b.range && a.relation == b.relation &&
         a.number == b.number;
}

}  // namespace

bool SameExpr(const Expr& a, const Expr& b) {
  if (&a == &b) return true;
  if (a.kind != b.kind || !(a.type == b.type)) return false;
  if (a.kind == Expr::Kind::kColumn) return SameColumn(a, b);
  const bool words = a.object == b.object && a.word == b.word && a.text == b.text &&
                     a.names == b.names && a.number == b.number;
  const bool flags = a.is_null == b.is_null && a.has_operand == b.has_operand &&
                     a.has_else == b.has_else && a.distinct == b.distinct && a.star == b.star &&
                     a.variadic == b.variadic;
  return words && flags && SameList(a.args, b.args) && SameOrder(a.order, b.order) &&
         SamePtr(a.filter, b.filter) && SameWindow(a.window, b.window) && a.query == b.query;
}

}  // namespace strata::catalog
