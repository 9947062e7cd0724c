#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/analyze/analysis.h"
#include "catalog/analyze/clauses.h"

namespace strata::catalog {

using Kind = Expr::Kind;

namespace {

class SelectReader {
 public:
  SelectReader(Analysis* analysis, Level* level, const sql::SelectStmt* select, SelectUse use)
      : a_(*analysis), level_(level), select_(select), use_(use), clauses_(analysis, level) {}

  void Read() {
    Query& query = level_->query;
    for (const sql::Node* node : sql::Each(select_->n_window_clause, select_->window_clause)) {
      if (const auto* window = sql::As<sql::WindowDef>(node)) level_->windows.push_back(window);
    }
    a_.From(level_, sql::Each(select_->n_from_clause, select_->from_clause));
    query.targets = a_.Targets(level_, sql::Each(select_->n_target_list, select_->target_list),
                               Clause::kSelect);
    if (select_->where_clause != nullptr) {
      query.where =
          a_.CoerceToBoolean(a_.Expression(level_, select_->where_clause, Clause::kWhere), "WHERE");
    }
    if (select_->having_clause != nullptr) {
      query.having = a_.CoerceToBoolean(
          a_.Expression(level_, select_->having_clause, Clause::kHaving), "HAVING");
    }
    a_.OrderBy(level_, sql::Each(select_->n_sort_clause, select_->sort_clause));
    Group();
    Distinct();
    a_.Limit(level_, select_);
    for (const sql::WindowDef* window : level_->windows) {
      for (const auto& known : query.windows) {
        if (known.name != window->name) continue;
        a_.Fail("windowing-error", "window \"" + known.name + "\" is already defined",
                At(window->location));
      }
      query.windows.push_back({window->name, *a_.Window(level_, window)});
    }
    if (!use_.keep_unknown) {
      for (TargetItem& target : query.targets) target.value = a_.ResolveUnknown(target.value);
    }
    Lock();
    query.has_aggregates = level_->has_aggregate;
    query.has_windows = level_->has_window;
    a_.CheckGrouping(level_);
    FinishColumns(&query);
  }

 private:
  void Group() {
    level_->query.group_distinct = select_->group_distinct;
    for (const sql::Node* node : sql::Each(select_->n_group_clause, select_->group_clause)) {
      level_->query.group.push_back(GroupItem(node));
    }
  }

  ExprPtr GroupItem(const sql::Node* node) {
    if (const auto* set = sql::As<sql::GroupingSet>(node)) {
      MutableExpr made = MakeExpr(Kind::kGroupingSet, 0, At(set->location));
      made->word = set->kind == PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_ROLLUP ? "rollup"
                   : set->kind == PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_CUBE ? "cube"
                   : set->kind == PG_QUERY__GROUPING_SET_KIND__GROUPING_SET_SETS ? "sets"
                                                                                 : "empty";
      for (const sql::Node* item : sql::Each(set->n_content, set->content))
        made->args.push_back(GroupItem(item));
      return made;
    }
    const auto* row = sql::As<sql::RowExpr>(node);
    if (row != nullptr && row->row_format == PG_QUERY__COERCION_FORM__COERCE_IMPLICIT_CAST) {
      MutableExpr made = MakeExpr(Kind::kGroupingSet, 0, At(row->location));
      made->word = "list";
      for (const sql::Node* item : sql::Each(row->n_args, row->args))
        made->args.push_back(GroupItem(item));
      return made;
    }
    ExprPtr value = a_.ResolveUnknown(clauses_.Item(node, Clause::kGroupBy, "GROUP BY", false));
    if (Contains(*value, Kind::kAggregate)) {
      a_.Fail("grouping-error", "aggregate functions are not allowed in GROUP BY",
              value->span.begin);
    }
    NeedEquality(*value, LocationOf(node));
    return value;
  }

  static bool Contains(const Expr& expr, Kind kind) {
    if (expr.kind == kind) return true;
    for (const ExprPtr& arg : expr.args) {
      if (arg != nullptr && Contains(*arg, kind)) return true;
    }
    return false;
  }

  void NeedEquality(const Expr& value, std::size_t at) {
    if (HasEquality(a_.catalog(), value.type.type)) return;
    a_.Fail("undefined-function",
            "could not identify an equality operator for type " + a_.Name(value.type.type), at);
  }

  void Distinct() {
    if (select_->n_distinct_clause == 0) return;
    Query& query = level_->query;
    std::vector<const sql::Node*> on;
    for (const sql::Node* node : sql::Each(select_->n_distinct_clause, select_->distinct_clause)) {
      if (node->node_case != PG_QUERY__NODE__NODE__NOT_SET && sql::KindOf(node) != "")
        on.push_back(node);
    }
    if (on.empty()) return PlainDistinct();
    std::vector<std::size_t> places;
    for (const sql::Node* node : on) {
      query.distinct_on.push_back(
          a_.ResolveUnknown(clauses_.Item(node, Clause::kDistinctOn, "SELECT DISTINCT ON", true)));
      places.push_back(LocationOf(node));
    }
    CheckDistinctOn(places);
  }

  void PlainDistinct() {
    Query& query = level_->query;
    query.distinct = true;
    for (const SortItem& item : query.order) {
      const bool listed =
          std::any_of(query.targets.begin(), query.targets.end(), [&](const TargetItem& target) {
            return SameExpr(*a_.ResolveUnknown(target.value), *item.value) ||
                   target.value == item.value;
          });
      if (!listed && query.complete && item.value->kind != Kind::kOpaque) {
        a_.Fail("invalid-column-reference",
                "for SELECT DISTINCT, ORDER BY expressions must appear in select list",
                item.value->span.begin, "add it to the select list");
        break;
      }
    }
    for (const TargetItem& target : query.targets)
      NeedEquality(*target.value, target.value->span.begin);
  }

  // Every ORDER BY item before the last DISTINCT ON one is itself one of them.
  void CheckDistinctOn(const std::vector<std::size_t>& places) {
    const Query& query = level_->query;
    std::vector<bool> seen(query.distinct_on.size(), false);
    bool skipped = false;
    for (const SortItem& item : query.order) {
      bool found = false;
      for (std::size_t i = 0; i < query.distinct_on.size(); ++i) {
        if (query.distinct_on[i]->kind == Kind::kOpaque) return;
        if (!SameExpr(*query.distinct_on[i], *item.value)) continue;
        found = true;
        if (skipped) return Mismatch(places[i]);
        seen[i] = true;
      }
      skipped |= !found;
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (!seen[i] && skipped) return Mismatch(places[i]);
    }
  }

  void Mismatch(std::size_t at) {
    a_.Fail("invalid-column-reference",
            "SELECT DISTINCT ON expressions must match initial ORDER BY expressions", at,
            "begin ORDER BY with the DISTINCT ON expressions");
  }

  void Lock() {
    for (const sql::Node* node : sql::Each(select_->n_locking_clause, select_->locking_clause)) {
      const auto* lock = sql::As<sql::LockingClause>(node);
      if (lock == nullptr) continue;
      static constexpr const char* kStrengths[] = {
          "", "", "FOR KEY SHARE", "FOR SHARE", "FOR NO KEY UPDATE", "FOR UPDATE"};
      const auto strength = static_cast<std::size_t>(lock->strength);
      std::string text = strength < std::size(kStrengths) ? kStrengths[strength] : "FOR UPDATE";
      CheckLockable(text);
      const char* before = " OF ";
      for (const sql::Node* rel : sql::Each(lock->n_locked_rels, lock->locked_rels)) {
        const auto* var = sql::As<sql::RangeVar>(rel);
        if (var == nullptr) continue;
        text += before + std::string("\"") + var->relname + "\"";
        before = ", ";
        CheckLocked(var, text);
      }
      if (lock->wait_policy == PG_QUERY__LOCK_WAIT_POLICY__LockWaitSkip) text += " SKIP LOCKED";
      if (lock->wait_policy == PG_QUERY__LOCK_WAIT_POLICY__LockWaitError) text += " NOWAIT";
      level_->query.locks.push_back(std::move(text));
    }
  }

  // Rows that stand for several cannot be locked.
  void CheckLockable(const std::string& strength) {
    const Query& q = level_->query;
    const char* with = select_->n_distinct_clause > 0 ? "DISTINCT clause"
                       : !q.group.empty()             ? "GROUP BY clause"
                       : q.having != nullptr          ? "HAVING clause"
                       : level_->has_aggregate        ? "aggregate functions"
                       : level_->has_window           ? "window functions"
                                                      : nullptr;
    if (with == nullptr) return;
    a_.Fail("feature-not-supported", strength + " is not allowed with " + with, 0);
  }

  void CheckLocked(const sql::RangeVar* var, const std::string& text) {
    if (level_->uncertain) return;
    for (const RangeEntry& range : level_->query.ranges) {
      if (range.alias == var->relname) return;
    }
    a_.Fail("undefined-table",
            "relation \"" + std::string(var->relname) + "\" in " +
                text.substr(0, text.find(" OF ")) + " clause not found in FROM clause",
            At(var->location));
  }

  Analysis& a_;
  Level* level_;
  const sql::SelectStmt* select_;
  SelectUse use_;
  Clauses clauses_;
};

}  // namespace

QueryPtr Analysis::Select(Level* parent, const sql::SelectStmt* select, SelectUse use) {
  Level level;
  level.parent = parent;
  if (select == nullptr) {
    level.query.kind = Query::Kind::kOpaque;
    level.query.certain = level.query.complete = false;
    return std::make_shared<Query>(std::move(level.query));
  }
  if (select->with_clause != nullptr) With(&level, select->with_clause);
  if (select->op != PG_QUERY__SET_OPERATION__SETOP_NONE && select->larg != nullptr) {
    SetOperation(&level, select, use);
  } else if (select->n_values_lists > 0) {
    Values(&level, select, use);
  } else {
    SelectReader(this, &level, select, use).Read();
  }
  return std::make_shared<Query>(std::move(level.query));
}

}  // namespace strata::catalog
