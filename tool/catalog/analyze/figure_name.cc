// The name that PostgreSQL gives a result column without AS.
#include "catalog/analyze/analysis.h"

namespace strata::catalog {

namespace {

struct Figured {
  std::string name;
  int strength = 0;  // 0 none, 1 weak (a type's name), 2 good
};

Figured Figure(const sql::Node* node);

Figured LastName(sql::NodeRange fields) {
  Figured figured;
  for (const sql::Node* field : fields) {
    if (const auto* s = sql::As<sql::String>(field)) figured = {s->sval, 2};
  }
  return figured;
}

Figured FigureSubLink(const sql::SubLink* link) {
  switch (link->sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
      return {"exists", 2};
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
      return {"array", 2};
    case PG_QUERY__SUB_LINK_TYPE__EXPR_SUBLINK: {
      const auto* select = sql::As<sql::SelectStmt>(link->subselect);
      while (select != nullptr && select->larg != nullptr) select = select->larg;
      if (select == nullptr || select->n_target_list == 0) return {};
      const auto* target = sql::As<sql::ResTarget>(select->target_list[0]);
      if (target == nullptr) return {};
      if (target->name != nullptr && target->name[0] != '\0') return {target->name, 2};
      return Figure(target->val);
    }
    default:
      return {};
  }
}

const char* ValueName(PgQuery__SQLValueFunctionOp op) {
  static constexpr const char* kNames[] = {"",
                                           "current_date",
                                           "current_time",
                                           "current_time",
                                           "current_timestamp",
                                           "current_timestamp",
                                           "localtime",
                                           "localtime",
                                           "localtimestamp",
                                           "localtimestamp",
                                           "current_role",
                                           "current_user",
                                           "user",
                                           "session_user",
                                           "current_catalog",
                                           "current_schema"};
  const auto index = static_cast<std::size_t>(op);
  return index < std::size(kNames) ? kNames[index] : "";
}

const char* XmlName(PgQuery__XmlExprOp op) {
  switch (op) {
    case PG_QUERY__XML_EXPR_OP__IS_XMLCONCAT:
      return "xmlconcat";
    case PG_QUERY__XML_EXPR_OP__IS_XMLELEMENT:
      return "xmlelement";
    case PG_QUERY__XML_EXPR_OP__IS_XMLFOREST:
      return "xmlforest";
    case PG_QUERY__XML_EXPR_OP__IS_XMLPARSE:
      return "xmlparse";
    case PG_QUERY__XML_EXPR_OP__IS_XMLPI:
      return "xmlpi";
    case PG_QUERY__XML_EXPR_OP__IS_XMLROOT:
      return "xmlroot";
    default:
      return "";
  }
}

Figured Figure(const sql::Node* node) {
  if (node == nullptr) return {};
  if (const auto* n = sql::As<sql::ColumnRef>(node))
    return LastName(sql::Each(n->n_fields, n->fields));
  if (const auto* n = sql::As<sql::AIndirection>(node)) {
    const Figured last = LastName(sql::Each(n->n_indirection, n->indirection));
    return last.strength > 0 ? last : Figure(n->arg);
  }
  if (const auto* n = sql::As<sql::FuncCall>(node))
    return LastName(sql::Each(n->n_funcname, n->funcname));
  if (const auto* n = sql::As<sql::AExpr>(node)) {
    return n->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? Figured{"nullif", 2} : Figured{};
  }
  if (const auto* n = sql::As<sql::TypeCast>(node)) {
    const Figured arg = Figure(n->arg);
    if (arg.strength > 1 || n->type_name == nullptr) return arg;
    Figured type = LastName(sql::Each(n->type_name->n_names, n->type_name->names));
    type.strength = 1;
    return type;
  }
  if (const auto* n = sql::As<sql::CollateClause>(node)) return Figure(n->arg);
  if (sql::As<sql::GroupingFunc>(node) != nullptr) return {"grouping", 2};
  if (const auto* n = sql::As<sql::SubLink>(node)) return FigureSubLink(n);
  if (const auto* n = sql::As<sql::CaseExpr>(node)) {
    const Figured otherwise = Figure(n->defresult);
    return otherwise.strength > 1 ? otherwise : Figured{"case", 1};
  }
  if (sql::As<sql::AArrayExpr>(node) != nullptr) return {"array", 2};
  if (sql::As<sql::RowExpr>(node) != nullptr) return {"row", 2};
  if (sql::As<sql::CoalesceExpr>(node) != nullptr) return {"coalesce", 2};
  if (const auto* n = sql::As<sql::MinMaxExpr>(node)) {
    return {n->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least", 2};
  }
  if (const auto* n = sql::As<sql::SQLValueFunction>(node)) return {ValueName(n->op), 2};
  if (const auto* n = sql::As<sql::XmlExpr>(node))
    return {XmlName(n->op), XmlName(n->op)[0] == '\0' ? 0 : 2};
  if (sql::As<sql::XmlSerialize>(node) != nullptr) return {"xmlserialize", 2};
  return {};
}

}  // namespace

std::string FigureName(const sql::Node* node) {
  const Figured figured = Figure(node);
  return figured.name.empty() ? "?column?" : figured.name;
}

}  // namespace strata::catalog
