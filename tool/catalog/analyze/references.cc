// What an expression or a query depends on.
#include <algorithm>
#include <functional>

#include "catalog/analyze/analyze.h"
#include "catalog/facts/facts.h"

namespace strata::catalog {

using Kind = Expr::Kind;

namespace {

class Collector {
 public:
  std::vector<ObjectRef> Take() {
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
    return std::move(found_);
  }

  void Visit(const ExprPtr& expr) {
    if (expr != nullptr) Visit(*expr);
  }

  void Visit(const Expr& expr) {
    switch (expr.kind) {
      case Kind::kColumn:
        if (expr.relation != 0 && expr.number >= 0)
          Add(ObjectClass::kRelation, expr.relation, expr.number);
        break;
      case Kind::kFunction:
      case Kind::kAggregate:
      case Kind::kWindow:
        Add(ObjectClass::kFunction, expr.object);
        break;
      case Kind::kOperator:
      case Kind::kArrayTest:
      case Kind::kNullIf:
      case Kind::kDistinct:
      case Kind::kSubquery:
        Add(ObjectClass::kOperator, expr.object);
        break;
      case Kind::kConst:
        if (expr.object != 0) Add(ObjectClass::kRelation, expr.object);  // of type regclass
        Add(ObjectClass::kType, expr.type.type);
        break;
      case Kind::kCast:
      case Kind::kArray:
        Add(ObjectClass::kType, expr.type.type);
        break;
      case Kind::kField:
        if (expr.relation != 0) Add(ObjectClass::kRelation, expr.relation, expr.number);
        break;
      default:
        break;
    }
    for (const ExprPtr& arg : expr.args) Visit(arg);
    for (const SortItem& item : expr.order) Visit(item.value);
    Visit(expr.filter);
    if (expr.window != nullptr) Visit(*expr.window);
    if (expr.query != nullptr) Visit(*expr.query);
  }

  void Visit(const Query& query) {
    for (const Query::Cte& cte : query.ctes) {
      if (cte.query != nullptr) Visit(*cte.query);
    }
    for (const RangeEntry& range : query.ranges) Visit(range);
    for (const auto& item : query.from) Visit(*item);
    Visit(query.targets);
    for (const auto& row : query.values) {
      for (const ExprPtr& value : row) Visit(value);
    }
    for (const ExprPtr* part : {&query.where, &query.having, &query.limit, &query.offset,
                                &query.conflict_where, &query.conflict_predicate}) {
      Visit(*part);
    }
    for (const ExprPtr& e : query.group) Visit(e);
    for (const SortItem& item : query.order) Visit(item.value);
    for (const ExprPtr& e : query.distinct_on) Visit(e);
    for (const Query::NamedWindow& window : query.windows) Visit(window.window);
    for (const ExprPtr& e : query.conflict_expressions) Visit(e);
    for (const QueryPtr* part : {&query.left, &query.right, &query.source}) {
      if (*part != nullptr) Visit(**part);
    }
    if (query.target != 0) {
      Add(ObjectClass::kRelation, query.target);
      for (const TargetItem& item : query.targets) {
        if (item.number > 0) Add(ObjectClass::kRelation, query.target, item.number);
      }
    }
    Visit(query.conflict_set);
    Visit(query.returning);
  }

 private:
  void Visit(const RangeEntry& range) {
    if (range.relation != 0) Add(ObjectClass::kRelation, range.relation);
    if (range.query != nullptr && range.kind == RangeEntry::Kind::kSubquery) Visit(*range.query);
    for (const ExprPtr& f : range.functions) Visit(f);
  }

  void Visit(const FromItem& item) {
    Visit(item.on);
    if (item.left != nullptr) Visit(*item.left);
    if (item.right != nullptr) Visit(*item.right);
  }

  void Visit(const WindowSpec& window) {
    for (const ExprPtr& e : window.partition) Visit(e);
    for (const SortItem& item : window.order) Visit(item.value);
    for (const ExprPtr& e : window.frame_offsets) Visit(e);
  }

  void Visit(const std::vector<TargetItem>& targets) {
    for (const TargetItem& target : targets) Visit(target.value);
  }

  // Built-in objects are always there.
  void Add(ObjectClass cls, Oid oid, std::int16_t column = 0) {
    if (oid >= kFirstUserOid) found_.push_back({cls, oid, column});
  }

  std::vector<ObjectRef> found_;
};

}  // namespace

std::vector<ObjectRef> ReferencesOf(const Expr& expression) {
  Collector collector;
  collector.Visit(expression);
  return collector.Take();
}

std::vector<ObjectRef> ReferencesOf(const Query& query) {
  Collector collector;
  collector.Visit(query);
  return collector.Take();
}

}  // namespace strata::catalog
