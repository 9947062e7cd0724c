// GROUP BY: what may be used outside aggregates.
#include <algorithm>
#include <functional>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

using Kind = Expr::Kind;

namespace {

class Grouping {
 public:
  Grouping(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {
    for (const ExprPtr& item : level->query.group) Collect(*item, item);
  }

  void Check() {
    const Query& query = level_->query;
    for (const TargetItem& target : query.targets) {
      if (Look(*target.value, 0)) return;
    }
    for (const SortItem& item : query.order) {
      if (Look(*item.value, 0)) return;
    }
    for (const ExprPtr& on : query.distinct_on) {
      if (Look(*on, 0)) return;
    }
    for (const Query::NamedWindow& window : query.windows) {
      if (LookWindow(window.window, 0)) return;
    }
    if (query.having != nullptr) Look(*query.having, 0);
  }

 private:
  void Collect(const Expr& expr, const ExprPtr& item) {
    if (expr.kind != Kind::kGroupingSet) {
      grouped_.push_back(item);
      return;
    }
    for (const ExprPtr& arg : expr.args) Collect(*arg, arg);
  }

  bool LookWindow(const WindowSpec& window, int depth) {
    for (const ExprPtr& e : window.partition) {
      if (Look(*e, depth)) return true;
    }
    for (const SortItem& item : window.order) {
      if (Look(*item.value, depth)) return true;
    }
    return false;
  }

  bool IsGrouped(const Expr& expr, int depth) const {
    for (const ExprPtr& item : grouped_) {
      if (item->kind == Kind::kOpaque) return true;  // it may be the same
      if (depth == 0 ? SameExpr(*item, expr) : SameDeeper(*item, expr, depth)) return true;
    }
    return false;
  }

  // The same column, seen from `depth` queries further in.
  static bool SameDeeper(const Expr& item, const Expr& expr, int depth) {
    return item.kind == Kind::kColumn && expr.kind == Kind::kColumn &&
           item.level + depth == expr.level && item.range == expr.range &&
           item.number == expr.number;
  }

  // Returns true once something was said.
  bool Look(const Expr& expr, int depth) {
    if (expr.kind == Kind::kAggregate && Owner(expr) <= depth) {
      if (Owner(expr) == depth) return false;
    }
    if (expr.kind != Kind::kConst && IsGrouped(expr, depth)) return false;
    if (expr.kind == Kind::kColumn) return expr.level == depth && Column(expr, depth);
    for (const ExprPtr& arg : expr.args) {
      if (arg != nullptr && Look(*arg, depth)) return true;
    }
    for (const SortItem& item : expr.order) {
      if (Look(*item.value, depth)) return true;
    }
    if (expr.filter != nullptr && Look(*expr.filter, depth)) return true;
    if (expr.window != nullptr && LookWindow(*expr.window, depth)) return true;
    return expr.query != nullptr && LookQuery(*expr.query, depth + 1);
  }

  bool LookQuery(const Query& query, int depth) {
    for (const Query::Cte& cte : query.ctes) {
      if (cte.query != nullptr && LookQuery(*cte.query, depth + 1)) return true;
    }
    for (const RangeEntry& range : query.ranges) {
      if (range.kind == RangeEntry::Kind::kSubquery && range.query != nullptr &&
          LookQuery(*range.query, depth + 1))
        return true;
      for (const ExprPtr& f : range.functions) {
        if (Look(*f, depth)) return true;
      }
    }
    const std::function<bool(const FromItem&)> from = [&](const FromItem& item) {
      if (item.on != nullptr && Look(*item.on, depth)) return true;
      return (item.left != nullptr && from(*item.left)) ||
             (item.right != nullptr && from(*item.right));
    };
    for (const auto& item : query.from) {
      if (from(*item)) return true;
    }
    for (const TargetItem& target : query.targets) {
      if (target.value != nullptr && Look(*target.value, depth)) return true;
    }
    for (const ExprPtr* part : {&query.where, &query.having, &query.limit, &query.offset}) {
      if (*part != nullptr && Look(**part, depth)) return true;
    }
    for (const SortItem& item : query.order) {
      if (Look(*item.value, depth)) return true;
    }
    if (query.left != nullptr && LookQuery(*query.left, depth + 1)) return true;
    return query.right != nullptr && LookQuery(*query.right, depth + 1);
  }

  // How many queries out the aggregate belongs: the innermost of its columns'.
  static int Owner(const Expr& aggregate) {
    int owner = -1;
    const std::function<void(const Expr&)> look = [&](const Expr& e) {
      if (e.kind == Kind::kColumn && (owner < 0 || e.level < owner)) owner = e.level;
      if (e.kind == Kind::kOpaque || e.kind == Kind::kSubquery) owner = 0;
      for (const ExprPtr& arg : e.args) {
        if (arg != nullptr) look(*arg);
      }
    };
    for (const ExprPtr& arg : aggregate.args) {
      if (arg != nullptr) look(*arg);
    }
    for (const SortItem& item : aggregate.order) look(*item.value);
    if (aggregate.filter != nullptr) look(*aggregate.filter);
    return std::max(owner, 0);
  }

  bool Column(const Expr& column, int depth) {
    if (level_->query.ranges.size() <= static_cast<std::size_t>(column.range) || column.range < 0)
      return false;
    const RangeEntry& range = level_->query.ranges[static_cast<std::size_t>(column.range)];
    if (FollowsFromKey(column, range)) return false;
    std::string name = column.word;
    if (column.number == 0) name = "*";
    const std::string shown = range.alias.empty() ? name : range.alias + "." + name;
    if (depth > 0) {
      a_.Fail("grouping-error", "subquery uses ungrouped column \"" + shown + "\" from outer query",
              column.span.begin);
    } else {
      a_.Fail("grouping-error",
              "column \"" + shown +
                  "\" must appear in the GROUP BY clause or be used in an aggregate function",
              column.span.begin, "add it to GROUP BY, or aggregate it");
    }
    return true;
  }

  // Grouping by a table's primary key decides its other columns.
  bool FollowsFromKey(const Expr& column, const RangeEntry& range) const {
    if (range.kind != RangeEntry::Kind::kRelation || range.relation == 0) return false;
    for (const Constraint* constraint : a_.catalog().ConstraintsOf(range.relation)) {
      if (constraint->kind != ConstraintKind::kPrimaryKey || constraint->deferrable) continue;
      return std::all_of(
          constraint->columns.begin(), constraint->columns.end(), [&](std::int16_t number) {
            return std::any_of(grouped_.begin(), grouped_.end(), [&](const ExprPtr& item) {
              return item->kind == Kind::kColumn && item->level == 0 &&
                     item->range == column.range && item->number == number;
            });
          });
    }
    return false;
  }

  Analysis& a_;
  Level* level_;
  std::vector<ExprPtr> grouped_;
};

}  // namespace

void Analysis::CheckGrouping(Level* level) {
  const Query& query = level->query;
  if (!level->has_aggregate && query.group.empty() && query.having == nullptr) return;
  Grouping(this, level).Check();
}

}  // namespace strata::catalog
