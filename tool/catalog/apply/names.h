// Names that PostgreSQL makes up: t_pkey, t_a_b_key, t_a_seq, … (indexcmds.c, pg_constraint.c)
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "sql/tree.h"

namespace strata::catalog {

constexpr std::size_t kNameLength = 63;  // bytes; NAMEDATALEN - 1

// Cut to 63 bytes, at a character's end.
std::string Truncated(std::string_view name);

// name1_name2_label, the longer of the first two shortened so that the whole fits.
std::string MakeObjectName(std::string_view name1, std::string_view name2, std::string_view label);

// The first of name1_name2_label, …_label1, … that no relation of the schema has (and,
// `constraint`: no constraint either).
std::string ChooseRelationName(const Catalog& catalog, Oid schema, std::string_view name1,
                               std::string_view name2, std::string_view label, bool constraint);

// The same for a constraint's name; `others` are names spoken for but not yet in the catalog.
std::string ChooseConstraintName(const Catalog& catalog, Oid schema, std::string_view name1,
                                 std::string_view name2, std::string_view label,
                                 const std::vector<std::string>& others);

// Column names joined by "_", as they stand in names of indexes and foreign keys.
std::string JoinedColumns(const std::vector<std::string>& columns);

// The names of an index's columns: "expr" for expressions, numbered where they repeat.
std::vector<std::string> IndexColumnNames(const std::vector<const sql::IndexElem*>& elements);

// What an index column that is an expression is called: lower(x) is "lower".
std::string ExpressionColumnName(const sql::Node* expression);

}  // namespace strata::catalog
