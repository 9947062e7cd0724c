#include "catalog/analyze/analyze.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

std::string Labels(const Type& type) {
  std::vector<std::string> labels;
  for (const EnumLabel& label : type.labels) labels.push_back(QuoteLiteral(label.label));
  return "ENUM (" + Join(labels, ", ") + ")";
}

std::string Attributes(const Catalog& catalog, const Type& type) {
  const Relation* r = catalog.relation(type.relation);
  std::vector<std::string> attributes;
  if (r != nullptr) {
    for (const Column& c : r->columns) {
      std::string text = QuoteIdentifier(c.name) + " " + SqlType(catalog, c);
      if (c.collation != 0) text += " COLLATE " + SqlCollation(catalog, c.collation);
      attributes.push_back(text);
    }
  }
  return attributes.empty() ? "()" : "(\n    " + Join(attributes, ",\n    ") + "\n)";
}

std::string CreateDomain(const Catalog& catalog, const Type& type) {
  std::string sql =
      "CREATE DOMAIN " + SqlType(catalog, {type.oid, -1}) + " AS " + SqlType(catalog, type.base);
  if (type.collation != 0) sql += " COLLATE " + SqlCollation(catalog, type.collation);
  if (type.default_value != nullptr) sql += " DEFAULT " + Print(catalog, *type.default_value);
  if (type.not_null) sql += " NOT NULL";
  for (const Constraint* c : catalog.ConstraintsOf(type.oid)) {
    if (c->validated) sql += "\n    " + DomainConstraint(catalog, *c);
  }
  return sql;
}

std::string Options(const Catalog& catalog, const Type& type) {
  std::vector<std::string> parts;
  if (type.subtype != 0) parts.push_back("subtype = " + SqlType(catalog, {type.subtype, -1}));
  for (const auto& [name, value] : type.options) {
    if (name != "subtype") parts.push_back(name + " = " + value);
  }
  return "(" + Join(parts, ", ") + ")";
}

}  // namespace

std::string DomainConstraint(const Catalog& catalog, const Constraint& c) {
  std::string text = "CONSTRAINT " + QuoteIdentifier(c.name) + " CHECK (" +
                     (c.check == nullptr ? "" : Bare(Print(catalog, *c.check))) + ")";
  return c.validated ? text : text + " NOT VALID";
}

std::string CreateType(const Catalog& catalog, const Type& type) {
  const std::string head = "CREATE TYPE " + SqlType(catalog, {type.oid, -1});
  switch (type.kind) {
    case TypeKind::kEnum:
      return head + " AS " + Labels(type);
    case TypeKind::kComposite:
      return head + " AS " + Attributes(catalog, type);
    case TypeKind::kDomain:
      return CreateDomain(catalog, type);
    case TypeKind::kRange:
      return head + " AS RANGE " + Options(catalog, type);
    default:
      return type.shell || type.options.empty() ? head : head + " " + Options(catalog, type);
  }
}

}  // namespace strata::catalog
