#include "catalog/apply/names.h"

#include <algorithm>

namespace strata::catalog {
namespace {

// The longest prefix of at most `limit` bytes that ends at the end of a character.
std::string_view Clip(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (text[limit] & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

template <typename Taken>
std::string FirstFree(std::string_view name1, std::string_view name2, std::string_view label,
                      Taken taken) {
  std::string numbered(label);
  for (int pass = 1;; ++pass) {
    std::string name = MakeObjectName(name1, name2, numbered);
    if (!taken(name)) return name;
    numbered = std::string(label) + std::to_string(pass);
  }
}

}  // namespace

std::string Truncated(std::string_view name) { return std::string(Clip(name, kNameLength)); }

std::string MakeObjectName(std::string_view name1, std::string_view name2, std::string_view label) {
  const std::size_t overhead = (name2.empty() ? 0 : 1) + (label.empty() ? 0 : label.size() + 1);
  const std::size_t available = kNameLength - std::min(overhead, kNameLength);
  std::size_t length1 = name1.size(), length2 = name2.size();
  while (length1 + length2 > available) {
    if (length1 > length2) {
      --length1;
    } else {
      --length2;
    }
  }
  std::string name(Clip(name1, length1));
  if (!name2.empty()) name += "_" + std::string(Clip(name2, length2));
  if (!label.empty()) name += "_" + std::string(label);
  return name;
}

std::string ChooseRelationName(const Catalog& catalog, Oid schema, std::string_view name1,
                               std::string_view name2, std::string_view label, bool constraint) {
  return FirstFree(name1, name2, label, [&](const std::string& name) {
    return catalog.RelationNameUsed(schema, name) ||
           (constraint && catalog.ConstraintNameUsed(schema, name));
  });
}

std::string ChooseConstraintName(const Catalog& catalog, Oid schema, std::string_view name1,
                                 std::string_view name2, std::string_view label,
                                 const std::vector<std::string>& others) {
  return FirstFree(name1, name2, label, [&](const std::string& name) {
    return std::find(others.begin(), others.end(), name) != others.end() ||
           catalog.ConstraintNameUsed(schema, name);
  });
}

std::string JoinedColumns(const std::vector<std::string>& columns) {
  std::string joined;
  for (const std::string& column : columns) {
    if (!joined.empty()) joined += '_';
    joined += Clip(column, kNameLength);
    if (joined.size() >= kNameLength + 1) break;
  }
  return joined;
}

std::vector<std::string> IndexColumnNames(const std::vector<const sql::IndexElem*>& elements) {
  std::vector<std::string> names;
  for (const sql::IndexElem* element : elements) {
    std::string base = element->name != nullptr && element->name[0] != '\0'
                           ? element->name
                           : ExpressionColumnName(element->expr);
    if (base.empty()) base = "expr";
    std::string name = base;
    for (int i = 1; std::find(names.begin(), names.end(), name) != names.end(); ++i) {
      const std::string number = std::to_string(i);
      name = std::string(Clip(base, kNameLength - number.size())) + number;
    }
    names.push_back(std::move(name));
  }
  return names;
}

namespace {

// The name and how good it is: 2 from a column or function, 1 from a type or CASE, 0 none
// (parse_target.c, FigureColnameInternal).
int FigureName(const sql::Node* node, std::string* name);

int FigureList(std::size_t count, sql::Node* const* names, std::string* name) {
  std::string last;
  for (const sql::Node* n : sql::Each(count, names)) {
    const std::string_view word = sql::StringOf(n);
    if (!word.empty()) last = word;
  }
  if (last.empty()) return 0;
  *name = last;
  return 2;
}

int FigureSubLink(const sql::SubLink& link, std::string* name) {
  switch (link.sub_link_type) {
    case PG_QUERY__SUB_LINK_TYPE__EXISTS_SUBLINK:
      return *name = "exists", 2;
    case PG_QUERY__SUB_LINK_TYPE__ARRAY_SUBLINK:
      return *name = "array", 2;
    default:
      return 0;
  }
}

int FigureName(const sql::Node* node, std::string* name) {
  if (node == nullptr) return 0;
  if (const auto* column = sql::As<sql::ColumnRef>(node))
    return FigureList(column->n_fields, column->fields, name);
  if (const auto* call = sql::As<sql::FuncCall>(node))
    return FigureList(call->n_funcname, call->funcname, name);
  if (const auto* path = sql::As<sql::AIndirection>(node)) {
    const int found = FigureList(path->n_indirection, path->indirection, name);
    return found != 0 ? found : FigureName(path->arg, name);
  }
  if (const auto* cast = sql::As<sql::TypeCast>(node)) {
    const int inner = FigureName(cast->arg, name);
    if (inner > 1 || cast->type_name == nullptr) return inner;
    return FigureList(cast->type_name->n_names, cast->type_name->names, name) > 0 ? 1 : inner;
  }
  if (const auto* collate = sql::As<sql::CollateClause>(node))
    return FigureName(collate->arg, name);
  if (sql::As<sql::GroupingFunc>(node) != nullptr) return *name = "grouping", 2;
  if (const auto* link = sql::As<sql::SubLink>(node)) return FigureSubLink(*link, name);
  if (const auto* expr = sql::As<sql::CaseExpr>(node)) {
    const int inner = FigureName(expr->defresult, name);
    return inner > 1 ? inner : (*name = "case", 1);
  }
  if (sql::As<sql::AArrayExpr>(node) != nullptr) return *name = "array", 2;
  if (sql::As<sql::RowExpr>(node) != nullptr) return *name = "row", 2;
  if (sql::As<sql::CoalesceExpr>(node) != nullptr) return *name = "coalesce", 2;
  if (const auto* expr = sql::As<sql::MinMaxExpr>(node)) {
    *name = expr->op == PG_QUERY__MIN_MAX_OP__IS_GREATEST ? "greatest" : "least";
    return 2;
  }
  if (const auto* expr = sql::As<sql::AExpr>(node)) {
    if (expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF) return *name = "nullif", 2;
  }
  return 0;
}

}  // namespace

std::string ExpressionColumnName(const sql::Node* expression) {
  std::string name;
  return FigureName(expression, &name) > 0 ? name : "";
}

}  // namespace strata::catalog
