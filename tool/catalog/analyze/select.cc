#include <algorithm>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

std::size_t At(int location) { return location > 0 ? static_cast<std::size_t>(location) : 0; }

bool IsStar(const sql::Node* node) {
  const auto* ref = sql::As<sql::ColumnRef>(node);
  return ref != nullptr && ref->n_fields > 0 &&
         sql::As<sql::AStar>(ref->fields[ref->n_fields - 1]) != nullptr;
}

// The name of an unqualified column reference, or "".
std::string_view LoneName(const sql::Node* node) {
  const auto* ref = sql::As<sql::ColumnRef>(node);
  return ref != nullptr && ref->n_fields == 1 ? sql::StringOf(ref->fields[0]) : std::string_view();
}

const sql::AConst* ConstantOf(const sql::Node* node) { return sql::As<sql::AConst>(node); }

// The clauses that may name a result column or its place: ORDER BY, GROUP BY, DISTINCT ON.
class Clauses {
 public:
  Clauses(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  // `names_first`: a result column's name wins over a column of FROM (ORDER BY, DISTINCT ON).
  ExprPtr Item(const sql::Node* node, Clause clause, const char* words, bool names_first) {
    Query& query = level_->query;
    const std::string name(LoneName(node));
    if (!name.empty() && (names_first || !IsColumn(name))) {
      if (ExprPtr target = ByName(name, words, LocationOf(node))) return target;
    }
    if (const auto* constant = ConstantOf(node)) {
      if (constant->isnull || constant->val_case == PG_QUERY__A__CONST__VAL_SVAL ||
          constant->val_case == PG_QUERY__A__CONST__VAL_FVAL ||
          constant->val_case == PG_QUERY__A__CONST__VAL_BOOLVAL) {
        a_.Fail("syntax-error", std::string("non-integer constant in ") + words,
                At(constant->location));
        return a_.Opaque(nullptr);
      }
      const int place =
          constant->val_case == PG_QUERY__A__CONST__VAL_IVAL ? constant->ival->ival : 0;
      if (place >= 1 && place <= static_cast<int>(query.targets.size())) {
        return query.targets[static_cast<std::size_t>(place - 1)].value;
      }
      if (query.complete) {
        a_.Fail(
            "invalid-column-reference",
            std::string(words) + " position " + std::to_string(place) + " is not in select list",
            At(constant->location));
      }
      return a_.Opaque(nullptr);
    }
    return a_.Expression(level_, node, clause);
  }

 private:
  bool IsColumn(std::string_view name) const {
    for (const Visible& item : level_->visible) {
      if (!item.by_column) continue;
      for (const VisibleColumn& column : item.columns) {
        if (column.name == name) return true;
      }
    }
    return false;
  }

  ExprPtr ByName(const std::string& name, const char* words, std::size_t at) {
    ExprPtr found;
    for (const TargetItem& target : level_->query.targets) {
      if (target.hidden || target.name != name) continue;
      if (found != nullptr && !SameExpr(*found, *target.value)) {
        a_.Fail("ambiguous-column", std::string(words) + " \"" + name + "\" is ambiguous", at);
        return found;
      }
      found = target.value;
    }
    return found;
  }

  Analysis& a_;
  Level* level_;
};

bool HasLevelColumn(const Expr& expr, int level, std::size_t* at) {
  if (expr.kind == Kind::kColumn && expr.level == level) {
    *at = expr.span.begin;
    return true;
  }
  for (const ExprPtr& arg : expr.args) {
    if (arg != nullptr && HasLevelColumn(*arg, level, at)) return true;
  }
  return false;
}

}  // namespace

std::vector<TargetItem> Analysis::Targets(Level* level, sql::NodeRange list, Clause clause) {
  std::vector<TargetItem> targets;
  for (const sql::Node* node : list) {
    const auto* target = sql::As<sql::ResTarget>(node);
    if (target == nullptr) continue;
    if (IsStar(target->val)) {
      const auto* ref = sql::As<sql::ColumnRef>(target->val);
      const std::size_t at = At(ref->location);
      const auto take = [&](Level* owner, int up, const Visible& item) {
        for (const VisibleColumn& column : item.columns) {
          targets.push_back({column.name, ColumnOf(owner, up, column, at)});
        }
        if (!owner->query.ranges[static_cast<std::size_t>(item.range)].complete)
          level->query.complete = false;
      };
      if (ref->n_fields == 1) {
        bool any = false;
        for (const Visible& item : level->visible) {
          any = true;
          if (item.by_column) take(level, 0, item);
        }
        if (!any) Fail("syntax-error", "SELECT * with no tables specified is not valid", at);
        continue;
      }
      const std::string name(sql::StringOf(ref->fields[ref->n_fields - 2]));
      const std::string schema(ref->n_fields > 2 ? sql::StringOf(ref->fields[ref->n_fields - 3])
                                                 : "");
      const Visible* item = nullptr;
      Level* owner = nullptr;
      int up = 0;
      bool uncertain = false;
      if (FindVisible(level, schema, name, at, &item, &up, &owner, &uncertain)) {
        if (item != nullptr) take(owner, up, *item);
      } else {
        level->query.complete = false;
        if (!uncertain && parameters == nullptr) MissingFrom(level, schema, name, at);
      }
      continue;
    }
    const auto* indirection = sql::As<sql::AIndirection>(target->val);
    const bool star =
        indirection != nullptr && indirection->n_indirection > 0 &&
        sql::As<sql::AStar>(indirection->indirection[indirection->n_indirection - 1]) != nullptr;
    if (star) level->query.complete = false;
    TargetItem item;
    item.value = Expression(level, target->val, clause);
    item.name =
        target->name != nullptr && target->name[0] != '\0' ? target->name : FigureName(target->val);
    targets.push_back(std::move(item));
  }
  return targets;
}

void FinishColumns(Query* query) {
  const std::vector<TargetItem>& targets =
      query->kind == Query::Kind::kSelect ? query->targets : query->returning;
  query->columns.clear();
  for (const TargetItem& target : targets) {
    if (!target.hidden)
      query->columns.push_back({target.name, target.value->type, target.value->collation});
  }
}

std::shared_ptr<const WindowSpec> Analysis::Window(Level* level, const sql::WindowDef* window) {
  auto spec = std::make_shared<WindowSpec>();
  const auto missing = [&](const std::string& name) {
    for (const sql::WindowDef* known : level->windows) {
      if (known->name != nullptr && known->name == name) return;
    }
    Fail("undefined-object", "window \"" + name + "\" does not exist", At(window->location));
  };
  const bool definition =
      std::find(level->windows.begin(), level->windows.end(), window) != level->windows.end();
  if (!definition && window->name != nullptr && window->name[0] != '\0') {
    spec->name = window->name;
    missing(spec->name);
    return spec;
  }
  if (window->refname != nullptr && window->refname[0] != '\0') {
    spec->refines = window->refname;
    missing(spec->refines);
  }
  for (const sql::Node* node : sql::Each(window->n_partition_clause, window->partition_clause)) {
    spec->partition.push_back(ResolveUnknown(Expression(level, node, Clause::kWindowPartition)));
  }
  for (const sql::Node* node : sql::Each(window->n_order_clause, window->order_clause)) {
    const auto* sort = sql::As<sql::SortBy>(node);
    if (sort == nullptr) continue;
    SortItem item;
    item.value = ResolveUnknown(Expression(level, sort->node, Clause::kWindowOrder));
    item.descending = sort->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    item.nulls = sort->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST  ? 'f'
                 : sort->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST ? 'l'
                                                                                    : '\0';
    spec->order.push_back(std::move(item));
  }
  // The bits are PostgreSQL's FRAMEOPTION_*.
  const int f = window->frame_options;
  if ((f & 0x1) == 0) return spec;
  const auto bound = [&](bool start) -> std::string {
    if (f & (start ? 0x20 : 0x40)) return "UNBOUNDED PRECEDING";
    if (f & (start ? 0x80 : 0x100)) return "UNBOUNDED FOLLOWING";
    if (f & (start ? 0x200 : 0x400)) return "CURRENT ROW";
    return f & (start ? 0x800 : 0x1000) ? "$ PRECEDING" : "$ FOLLOWING";
  };
  if ((f & 0x2) != 0 && (f & 0x7800) != 0 && spec->order.size() != 1 && spec->refines.empty()) {
    Fail("windowing-error",
         "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column",
         At(window->location));
  }
  if ((f & 0x8) != 0 && spec->order.empty() && spec->refines.empty()) {
    Fail("windowing-error", "GROUPS mode requires an ORDER BY clause", At(window->location));
  }
  spec->frame = f & 0x2 ? "RANGE " : f & 0x4 ? "ROWS " : "GROUPS ";
  spec->frame += f & 0x10 ? "BETWEEN " + bound(true) + " AND " + bound(false) : bound(true);
  if (f & 0x8000) spec->frame += " EXCLUDE CURRENT ROW";
  if (f & 0x10000) spec->frame += " EXCLUDE GROUP";
  if (f & 0x20000) spec->frame += " EXCLUDE TIES";
  for (const sql::Node* offset : {window->start_offset, window->end_offset}) {
    if (offset == nullptr) continue;
    ExprPtr value = Expression(level, offset, Clause::kWindowFrame);
    spec->frame_offsets.push_back(
        f & 0x2 ? value : CoerceToInteger(value, kInt8, f & 0x4 ? "ROWS" : "GROUPS"));
  }
  return spec;
}

void Analysis::OrderBy(Level* level, sql::NodeRange items) {
  Clauses clauses(this, level);
  for (const sql::Node* node : items) {
    const auto* sort = sql::As<sql::SortBy>(node);
    if (sort == nullptr) continue;
    SortItem item;
    item.value = ResolveUnknown(clauses.Item(sort->node, Clause::kOrderBy, "ORDER BY", true));
    item.descending = sort->sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
    item.nulls = sort->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST  ? 'f'
                 : sort->sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST ? 'l'
                                                                                    : '\0';
    for (const sql::Node* op : sql::Each(sort->n_use_op, sort->use_op))
      item.using_operator = sql::StringOf(op);
    if (!HasOrdering(catalog_, item.value->type.type)) {
      Fail("undefined-function",
           "could not identify an ordering operator for type " + Name(item.value->type.type),
           LocationOf(sort->node), "order by an expression of a type that has an order");
    }
    level->query.order.push_back(std::move(item));
  }
}

void Analysis::Limit(Level* level, const sql::SelectStmt* select) {
  const auto one = [&](const sql::Node* node, Clause clause, const char* words) -> ExprPtr {
    if (node == nullptr) return nullptr;
    const auto* constant = ConstantOf(node);
    if (constant != nullptr && constant->isnull) return nullptr;
    ExprPtr value = CoerceToInteger(Expression(level, node, clause), kInt8, words);
    std::size_t at = 0;
    if (HasLevelColumn(*value, 0, &at)) {
      Fail("invalid-column-reference",
           std::string("argument of ") + words + " must not contain variables", at);
    }
    return value;
  };
  level->query.offset = one(select->limit_offset, Clause::kOffset, "OFFSET");
  level->query.limit = one(select->limit_count, Clause::kLimit, "LIMIT");
  level->query.with_ties = select->limit_option == PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_WITH_TIES;
}

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
