#include "catalog/analyze/operation.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/analyze/container.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types
using Kind = Expr::Kind;

namespace {

struct Name {
  std::string schema, name;
};

Name NameFrom(sql::NodeRange parts) {
  Name name;
  if (!parts.empty()) name.name = sql::StringOf(parts.back());
  if (parts.size() > 1) name.schema = sql::StringOf(parts[parts.size() - 2]);
  return name;
}

class OperationReader {
 public:
  OperationReader(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  ExprPtr Read(const sql::AExpr* expr) {
    const Name name = NameFrom(sql::Each(expr->n_name, expr->name));
    const std::size_t at = At(expr->location);
    switch (expr->kind) {
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP:
        return Plain(expr, name, at);
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY:
      case PG_QUERY__A__EXPR__KIND__AEXPR_OP_ALL: {
        ExprPtr left = Operand(expr->lexpr), right = Operand(expr->rexpr);
        return a_.ArrayTest(level_, name.schema, name.name,
                            expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_OP_ANY, left, right, at);
      }
      case PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT:
      case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_DISTINCT:
        return Distinct(expr, name, at);
      case PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF:
        return NullIf(expr, name, at);
      case PG_QUERY__A__EXPR__KIND__AEXPR_IN:
        return In(expr, name, at);
      case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN:
      case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN:
      case PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM:
      case PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM:
        return Between(expr, at);
      default: {  // LIKE, ILIKE, SIMILAR TO: the name says which operator
        ExprPtr left = Operand(expr->lexpr), right = Operand(expr->rexpr);
        return a_.Operator(level_, name.schema, name.name, left, right, at);
      }
    }
  }

 private:
  ExprPtr Operand(const sql::Node* node) { return a_.Transform(level_, node); }

  ExprPtr Plain(const sql::AExpr* expr, const Name& name, std::size_t at) {
    const auto* left_row = sql::As<sql::RowExpr>(expr->lexpr);
    const auto* right_row = sql::As<sql::RowExpr>(expr->rexpr);
    if (left_row != nullptr && right_row != nullptr)
      return RowTest(name, RowExpression(&a_, level_, left_row),
                     RowExpression(&a_, level_, right_row), at);
    ExprPtr left = expr->lexpr == nullptr ? nullptr : Operand(expr->lexpr);
    ExprPtr right = Operand(expr->rexpr);
    return a_.Operator(level_, name.schema, name.name, left, right, at);
  }

  ExprPtr RowTest(const Name& name, const ExprPtr& left, const ExprPtr& right, std::size_t at) {
    if (left->args.size() != right->args.size()) {
      a_.Fail("syntax-error", "unequal number of entries in row expressions", at);
      return MakeExpr(Kind::kRowTest, kBool, at);
    }
    for (std::size_t i = 0; i < left->args.size(); ++i) {
      a_.Operator(level_, name.schema, name.name, left->args[i], right->args[i], at);
    }
    MutableExpr made = MakeExpr(Kind::kRowTest, kBool, at);
    made->word = name.name;
    made->args = {left, right};
    return made;
  }

  ExprPtr Distinct(const sql::AExpr* expr, const Name& name, std::size_t at) {
    MutableExpr made = MakeExpr(Kind::kDistinct, kBool, at);
    made->word =
        expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_DISTINCT ? "distinct" : "not distinct";
    ExprPtr left = Operand(expr->lexpr), right = Operand(expr->rexpr);
    if (left->kind == Kind::kRow && right->kind == Kind::kRow) {
      RowTest({"", "="}, left, right, at);
      made->args = {left, right};
      return made;
    }
    const ExprPtr equal = a_.Operator(level_, name.schema, name.name, left, right, at);
    made->args = equal->kind == Kind::kOperator ? equal->args : std::vector<ExprPtr>{left, right};
    made->object = equal->object;
    made->span = left->span;
    return made;
  }

  ExprPtr NullIf(const sql::AExpr* expr, const Name& name, std::size_t at) {
    ExprPtr left = Operand(expr->lexpr), right = Operand(expr->rexpr);
    const ExprPtr equal = a_.Operator(level_, name.schema, name.name, left, right, at);
    const auto& args =
        equal->kind == Kind::kOperator ? equal->args : std::vector<ExprPtr>{left, right};
    MutableExpr made = MakeExpr(Kind::kNullIf, 0, at);
    made->args = args;
    made->object = equal->object;
    if (equal->kind == Kind::kOperator && !args.empty()) made->type = args[0]->type;
    return made;
  }

  ExprPtr Negated(const ExprPtr& expr, bool negate) {
    if (!negate) return expr;
    MutableExpr made = MakeExpr(Kind::kBool, kBool, expr->span.begin);
    made->word = "not";
    made->args = {expr};
    return made;
  }

  ExprPtr Joined(const char* word, std::vector<ExprPtr> args) {
    if (args.size() == 1) return args[0];
    MutableExpr made = MakeExpr(Kind::kBool, kBool, args.empty() ? 0 : args[0]->span.begin);
    made->word = word;
    made->args = std::move(args);
    return made;
  }

  ExprPtr In(const sql::AExpr* expr, const Name& name, std::size_t at) {
    const bool negate = name.name == "<>";
    ExprPtr left = Operand(expr->lexpr);
    std::vector<ExprPtr> all, plain, variables;
    for (const sql::Node* item : sql::Each(sql::As<sql::List>(expr->rexpr))) {
      all.push_back(Operand(item));
      (HasColumn(*all.back()) ? variables : plain).push_back(all.back());
    }
    std::vector<ExprPtr> tests;
    if (plain.size() > 1 && left->kind != Kind::kRow) {
      if (ExprPtr test = InArray(left, plain, name, !negate, at)) {
        tests.push_back(test);
        all = variables;
      }
    }
    for (const ExprPtr& item : all) {
      if (left->kind == Kind::kRow && item->kind == Kind::kRow) {
        tests.push_back(RowTest(name, left, item, at));
      } else {
        tests.push_back(a_.Operator(level_, name.schema, name.name, left, item, at));
      }
    }
    return Joined(negate ? "and" : "or", std::move(tests));
  }

  // x IN (a, b) as x = ANY (ARRAY[a, b]), where the list has a common type with x; else null.
  ExprPtr InArray(const ExprPtr& left, const std::vector<ExprPtr>& items, const Name& name,
                  bool any, std::size_t at) {
    std::vector<Oid> types = {left->type.type};
    for (const ExprPtr& item : items) types.push_back(item->type.type);
    const CommonType common = SelectCommonType(a_.catalog(), types);
    const Oid array_type = common.type == 0 ? 0 : ArrayOf(a_.catalog(), common.type);
    if (array_type == 0) return nullptr;
    for (const ExprPtr& item : items) {
      if (!CanCoerce(a_.catalog(), item->type.type, common.type, 'i')) return nullptr;
    }
    MutableExpr array = MakeExpr(Kind::kArray, array_type, items[0]->span.begin);
    for (const ExprPtr& item : items)
      array->args.push_back(a_.CoerceToCommon(item, common.type, "IN"));
    return a_.ArrayTest(level_, name.schema, name.name, any, left, array, at);
  }

  static bool HasColumn(const Expr& expr) {
    if (expr.kind == Kind::kColumn && expr.level == 0) return true;
    for (const ExprPtr& arg : expr.args) {
      if (arg != nullptr && HasColumn(*arg)) return true;
    }
    return false;
  }

  ExprPtr Between(const sql::AExpr* expr, std::size_t at) {
    const auto bounds = sql::Each(sql::As<sql::List>(expr->rexpr));
    if (bounds.size() != 2) return a_.Opaque(nullptr);
    const bool negate = expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN ||
                        expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
    const bool symmetric = expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_BETWEEN_SYM ||
                           expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NOT_BETWEEN_SYM;
    const ExprPtr value = Operand(expr->lexpr), low = Operand(bounds[0]), high = Operand(bounds[1]);
    const auto one = [&](const ExprPtr& from, const ExprPtr& to) {
      std::vector<ExprPtr> tests = {a_.Operator(level_, "", negate ? "<" : ">=", value, from, at),
                                    a_.Operator(level_, "", negate ? ">" : "<=", value, to, at)};
      return Joined(negate ? "or" : "and", std::move(tests));
    };
    if (!symmetric) return one(low, high);
    return Joined(negate ? "and" : "or", {one(low, high), one(high, low)});
  }

  Analysis& a_;
  Level* level_;
};

}  // namespace

ExprPtr OperationExpression(Analysis* analysis, Level* level, const sql::AExpr* expr) {
  return OperationReader(analysis, level).Read(expr);
}

}  // namespace strata::catalog
