#include "catalog/analyze/analysis.h"

#include <algorithm>

#include "sql/parse.h"

namespace strata::catalog {

namespace {

std::size_t Leftmost(std::size_t a, std::size_t b) {
  return a == 0 ? b : b == 0 ? a : std::min(a, b);
}

std::size_t FirstOf(sql::NodeRange nodes) {
  std::size_t at = 0;
  for (const sql::Node* node : nodes) at = Leftmost(at, LocationOf(node));
  return at;
}

}  // namespace

std::size_t LocationOf(const sql::Node* node) {
  if (node == nullptr) return 0;
  if (const auto* n = sql::As<sql::ColumnRef>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::AConst>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::ParamRef>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::AExpr>(node)) {
    return Leftmost(At(n->location), LocationOf(n->lexpr));
  }
  if (const auto* n = sql::As<sql::BoolExpr>(node)) {
    return Leftmost(At(n->location), FirstOf(sql::Each(n->n_args, n->args)));
  }
  if (const auto* n = sql::As<sql::FuncCall>(node)) {
    return Leftmost(At(n->location), FirstOf(sql::Each(n->n_args, n->args)));
  }
  if (const auto* n = sql::As<sql::TypeCast>(node)) {
    const std::size_t type = n->type_name == nullptr ? 0 : At(n->type_name->location);
    return Leftmost(LocationOf(n->arg), Leftmost(type, At(n->location)));
  }
  if (const auto* n = sql::As<sql::AIndirection>(node)) return LocationOf(n->arg);
  if (const auto* n = sql::As<sql::CollateClause>(node))
    return Leftmost(LocationOf(n->arg), At(n->location));
  if (const auto* n = sql::As<sql::NullTest>(node))
    return Leftmost(LocationOf(n->arg), At(n->location));
  if (const auto* n = sql::As<sql::BooleanTest>(node))
    return Leftmost(LocationOf(n->arg), At(n->location));
  if (const auto* n = sql::As<sql::SubLink>(node)) {
    return Leftmost(LocationOf(n->testexpr), At(n->location));
  }
  if (const auto* n = sql::As<sql::CaseExpr>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::RowExpr>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::AArrayExpr>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::CoalesceExpr>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::MinMaxExpr>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::SQLValueFunction>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::XmlExpr>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::SetToDefault>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::GroupingFunc>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::NamedArgExpr>(node))
    return Leftmost(At(n->location), LocationOf(n->arg));
  if (const auto* n = sql::As<sql::ResTarget>(node)) return At(n->location);
  if (const auto* n = sql::As<sql::SortBy>(node)) return LocationOf(n->node);
  if (const auto* n = sql::As<sql::List>(node)) return FirstOf(sql::Each(n));
  return 0;
}

MutableExpr MakeExpr(Expr::Kind kind, Oid type, std::size_t at) {
  auto expr = std::make_shared<Expr>();
  expr->kind = kind;
  expr->type.type = type;
  expr->span = {at, at};
  return expr;
}

ExprPtr MakeConst(Oid type, std::string text, std::size_t at) {
  MutableExpr expr = MakeExpr(Expr::Kind::kConst, type, at);
  expr->text = std::move(text);
  return expr;
}

void Analysis::Fail(std::string rule, std::string message, std::size_t at, std::string help) {
  Problem problem{std::move(rule), std::move(message), std::move(help), {at, at}};
  for (const Problem& known : findings_->problems) {
    if (known.at == problem.at && known.message == problem.message) return;
  }
  findings_->problems.push_back(std::move(problem));
}

void Analysis::Unsure(std::string reason) {
  for (const std::string& known : findings_->unchecked) {
    if (known == reason) return;
  }
  findings_->unchecked.push_back(std::move(reason));
}

// By way of a SELECT of it alone.
std::string DeparseExpression(const sql::Node* node) {
  PgQuery__ResTarget target = PG_QUERY__RES_TARGET__INIT;
  target.val = const_cast<sql::Node*>(node);
  sql::Node target_node = PG_QUERY__NODE__INIT;
  target_node.node_case = PG_QUERY__NODE__NODE_RES_TARGET;
  target_node.res_target = &target;
  sql::Node* list[] = {&target_node};
  PgQuery__SelectStmt select = PG_QUERY__SELECT_STMT__INIT;
  select.n_target_list = 1;
  select.target_list = list;
  select.limit_option = PG_QUERY__LIMIT_OPTION__LIMIT_OPTION_DEFAULT;
  select.op = PG_QUERY__SET_OPERATION__SETOP_NONE;
  sql::Node statement = PG_QUERY__NODE__INIT;
  statement.node_case = PG_QUERY__NODE__NODE_SELECT_STMT;
  statement.select_stmt = &select;
  const std::string text = sql::Deparse(&statement);
  constexpr std::string_view kPrefix = "SELECT ";
  return text.compare(0, kPrefix.size(), kPrefix) == 0 ? text.substr(kPrefix.size()) : text;
}

ExprPtr Analysis::Opaque(const sql::Node* node, TypeRef type) {
  MutableExpr expr = MakeExpr(Expr::Kind::kOpaque, type.type, LocationOf(node));
  expr->type = type;
  if (node != nullptr) expr->text = DeparseExpression(node);
  return expr;
}

}  // namespace strata::catalog
