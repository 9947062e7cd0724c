#include "catalog/analyze/clauses.h"

#include <utility>

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

// The name of an unqualified column reference, or "".
std::string_view LoneName(const sql::Node* node) {
  const auto* ref = sql::As<sql::ColumnRef>(node);
  return ref != nullptr && ref->n_fields == 1 ? sql::StringOf(ref->fields[0]) : std::string_view();
}

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

ExprPtr Clauses::Item(const sql::Node* node, Clause clause, const char* words, bool names_first) {
  const std::string name(LoneName(node));
  if (!name.empty() && (names_first || !IsColumn(name))) {
    if (ExprPtr target = ByName(name, words, LocationOf(node))) return target;
  }
  const auto* constant = sql::As<sql::AConst>(node);
  return constant != nullptr ? ByPlace(*constant, words) : a_.Expression(level_, node, clause);
}

ExprPtr Clauses::ByPlace(const sql::AConst& constant, const char* words) {
  const Query& query = level_->query;
  if (constant.isnull || constant.val_case == PG_QUERY__A__CONST__VAL_SVAL ||
      constant.val_case == PG_QUERY__A__CONST__VAL_FVAL ||
      constant.val_case == PG_QUERY__A__CONST__VAL_BOOLVAL) {
    a_.Fail("syntax-error", std::string("non-integer constant in ") + words, At(constant.location));
    return a_.Opaque(nullptr);
  }
  const int place = constant.val_case == PG_QUERY__A__CONST__VAL_IVAL ? constant.ival->ival : 0;
  if (place >= 1 && place <= static_cast<int>(query.targets.size()))
    return query.targets[static_cast<std::size_t>(place - 1)].value;
  if (query.complete) {
    a_.Fail("invalid-column-reference",
            std::string(words) + " position " + std::to_string(place) + " is not in select list",
            At(constant.location));
  }
  return a_.Opaque(nullptr);
}

bool Clauses::IsColumn(std::string_view name) const {
  for (const Visible& item : level_->visible) {
    if (!item.by_column) continue;
    for (const VisibleColumn& column : item.columns) {
      if (column.name == name) return true;
    }
  }
  return false;
}

ExprPtr Clauses::ByName(const std::string& name, const char* words, std::size_t at) {
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

SortItem SortOf(const sql::SortBy& sort, ExprPtr value) {
  SortItem item;
  item.value = std::move(value);
  item.descending = sort.sortby_dir == PG_QUERY__SORT_BY_DIR__SORTBY_DESC;
  item.nulls = sort.sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_FIRST  ? 'f'
               : sort.sortby_nulls == PG_QUERY__SORT_BY_NULLS__SORTBY_NULLS_LAST ? 'l'
                                                                                 : '\0';
  return item;
}

void Analysis::OrderBy(Level* level, sql::NodeRange items) {
  Clauses clauses(this, level);
  for (const sql::Node* node : items) {
    const auto* sort = sql::As<sql::SortBy>(node);
    if (sort == nullptr) continue;
    SortItem item =
        SortOf(*sort, ResolveUnknown(clauses.Item(sort->node, Clause::kOrderBy, "ORDER BY", true)));
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
    const auto* constant = sql::As<sql::AConst>(node);
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

}  // namespace strata::catalog
