#include "catalog/analyze/analysis.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

void Analysis::Values(Level* level, const sql::SelectStmt* select, SelectUse use) {
  Query& query = level->query;
  query.kind = Query::Kind::kValues;
  const auto rows = sql::Each(select->n_values_lists, select->values_lists);
  const Clause clause = rows.size() == 1 && use.defaults ? Clause::kValuesSingle : Clause::kValues;
  for (const sql::Node* node : rows) {
    std::vector<ExprPtr> row;
    for (const sql::Node* value : sql::Each(sql::As<sql::List>(node))) {
      if (use.defaults && sql::As<sql::SetToDefault>(value) != nullptr) {
        row.push_back(MakeExpr(Kind::kDefault, 0, LocationOf(value)));
      } else {
        row.push_back(Expression(level, value, clause));
      }
    }
    if (!query.values.empty() && row.size() != query.values[0].size()) {
      Fail("syntax-error", "VALUES lists must all be the same length",
           row.empty() ? 0 : LocationOf(node));
    }
    query.values.push_back(std::move(row));
  }
  if (use.defaults) return;  // INSERT gives the types
  for (std::size_t i = 0; i < query.values[0].size(); ++i) {
    std::vector<ExprPtr> column;
    for (const auto& row : query.values) {
      if (i < row.size()) column.push_back(row[i]);
    }
    Oid type = CommonTypeOf(column, "VALUES");
    for (auto& row : query.values) {
      if (i < row.size()) row[i] = CoerceToCommon(row[i], type, "VALUES");
    }
    TypeRef result{type, query.values[0][i]->type.typmod};
    for (const auto& row : query.values) {
      if (i < row.size() && row[i]->type.typmod != result.typmod) result.typmod = -1;
    }
    query.columns.push_back({"column" + std::to_string(i + 1), result, 0});
    MutableExpr target = MakeExpr(Kind::kColumn, type, 0);
    target->number = static_cast<std::int16_t>(i + 1);
    query.targets.push_back({query.columns.back().name, target});
  }
  OrderBy(level, sql::Each(select->n_sort_clause, select->sort_clause));
  Limit(level, select);
}

namespace {

const char* WordOf(const sql::SelectStmt* select) {
  switch (select->op) {
    case PG_QUERY__SET_OPERATION__SETOP_INTERSECT:
      return "INTERSECT";
    case PG_QUERY__SET_OPERATION__SETOP_EXCEPT:
      return "EXCEPT";
    default:
      return "UNION";
  }
}

// Where the list of an arm's results begins in the source: what PostgreSQL points at.
std::size_t PlaceOfTargets(const sql::SelectStmt* select) {
  while (select->larg != nullptr) select = select->larg;
  for (const sql::Node* node : sql::Each(select->n_target_list, select->target_list)) {
    const auto* target = sql::As<sql::ResTarget>(node);
    if (target != nullptr) return LocationOf(target->val);
  }
  for (const sql::Node* node : sql::Each(select->n_values_lists, select->values_lists))
    return LocationOf(node);
  return 0;
}

class Combiner {
 public:
  Combiner(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  void Combine(const sql::SelectStmt* select) {
    const char* word = WordOf(select);
    Query& query = level_->query;
    query.kind = Query::Kind::kSetOperation;
    query.set_operation = word;
    for (char& c : query.set_operation) c = static_cast<char>(c | 0x20);
    if (select->all) query.set_operation += " all";
    SelectUse arm;
    arm.keep_unknown = true;
    auto left = std::make_shared<Query>(*a_.Select(level_, select->larg, arm));
    auto right = std::make_shared<Query>(*a_.Select(level_, select->rarg, arm));
    query.complete = left->complete && right->complete;
    query.certain = left->certain && right->certain;
    if (left->columns.size() != right->columns.size() && query.complete) {
      a_.Fail("syntax-error",
              std::string("each ") + word + " query must have the same number of columns",
              PlaceOfTargets(select->rarg));
    }
    for (std::size_t i = 0; i < left->columns.size(); ++i) {
      ResultColumn column = left->columns[i];
      if (i < right->columns.size() && query.complete)
        column.type = Column(word, i, left.get(), right.get());
      query.columns.push_back(std::move(column));
    }
    query.left = std::move(left);
    query.right = std::move(right);
  }

 private:
  TypeRef Column(const char* word, std::size_t i, Query* left, Query* right) {
    const ExprPtr l = Result(*left, i), r = Result(*right, i);
    const Oid type = a_.CommonTypeOf({l, r}, word);
    if (type == 0) return {};
    Settle(left, i, type, word);
    Settle(right, i, type, word);
    return {type, l->type.typmod == r->type.typmod ? l->type.typmod : -1};
  }

  static ExprPtr Result(const Query& query, std::size_t i) {
    if (query.kind == Query::Kind::kSelect && i < query.targets.size())
      return query.targets[i].value;
    MutableExpr expr = MakeExpr(Kind::kColumn, 0, Place(query, i));
    expr->type = query.columns[i].type;
    return expr;
  }

  static std::size_t Place(const Query& query, std::size_t i) {
    if (query.kind == Query::Kind::kValues && !query.values.empty() && i < query.values[0].size()) {
      return query.values[0][i]->span.begin;
    }
    return query.left == nullptr || i >= query.left->columns.size()
               ? 0
               : Result(*query.left, i)->span.begin;
  }

  // Untyped literals of an arm take the common type; other types only have to be able to.
  void Settle(Query* query, std::size_t i, Oid type, const char* word) {
    const ExprPtr value = Result(*query, i);
    if (value->type.type == 0) return;
    if (query->kind == Query::Kind::kSelect) {
      if (value->type.type == kUnknown) {
        query->targets[i].value = a_.CoerceToCommon(value, type, word);
        query->columns[i].type = {type, -1};
      } else {
        a_.CoerceToCommon(value, type, word);
      }
      return;
    }
    if (query->kind == Query::Kind::kSetOperation && value->type.type == kUnknown) {
      auto left = std::make_shared<Query>(*query->left);
      auto right = std::make_shared<Query>(*query->right);
      Settle(left.get(), i, type, word);
      Settle(right.get(), i, type, word);
      query->left = left;
      query->right = right;
      query->columns[i].type = {type, -1};
      return;
    }
    a_.CoerceToCommon(value, type, word);
  }

  Analysis& a_;
  Level* level_;
};

}  // namespace

void Analysis::SetOperation(Level* level, const sql::SelectStmt* select, SelectUse use) {
  Combiner(this, level).Combine(select);
  Query& query = level->query;
  // Two untyped literals are text at the top; inside another set operation they wait.
  for (ResultColumn& column : query.columns) {
    if (!use.keep_unknown && column.type.type == kUnknown) column.type.type = kText;
  }
  if (select->n_sort_clause > 0) {
    for (std::size_t i = 0; i < query.columns.size(); ++i) {
      MutableExpr target = MakeExpr(Kind::kColumn, query.columns[i].type.type, 0);
      target->number = static_cast<std::int16_t>(i + 1);
      target->range = -1;  // the result itself
      target->word = query.columns[i].name;
      query.targets.push_back({query.columns[i].name, target});
    }
    for (const sql::Node* node : sql::Each(select->n_sort_clause, select->sort_clause)) {
      const auto* sort = sql::As<sql::SortBy>(node);
      const auto* ref = sort == nullptr ? nullptr : sql::As<sql::ColumnRef>(sort->node);
      const bool constant = sort != nullptr && sql::As<sql::AConst>(sort->node) != nullptr;
      bool named = constant;
      if (ref != nullptr && ref->n_fields == 1) {
        for (const TargetItem& target : query.targets)
          named |= target.name == sql::StringOf(ref->fields[0]);
      }
      if (named || !query.complete) continue;
      if (ref != nullptr && ref->n_fields == 1) {
        Fail("undefined-column",
             "column \"" + std::string(sql::StringOf(ref->fields[0])) + "\" does not exist",
             LocationOf(node));
      } else if (ref == nullptr) {
        Fail("feature-not-supported", "invalid UNION/INTERSECT/EXCEPT ORDER BY clause",
             LocationOf(node),
             "only result column names can be used, not expressions or functions");
      }
      query.targets.clear();
      return;
    }
    if (query.complete) OrderBy(level, sql::Each(select->n_sort_clause, select->sort_clause));
    query.targets.clear();
  }
  Limit(level, select);
}

}  // namespace strata::catalog
