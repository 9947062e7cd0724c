// Which changes of a column make PostgreSQL write the whole table anew.
// Source: PostgreSQL 15 documentation, ALTER TABLE, "Notes"; ATColumnChangeRequiresRewrite().
#pragma once

#include <string>

#include "catalog/catalog.h"
#include "sql/tree.h"

namespace strata::lint {

// Whether an expression calls a function that PostgreSQL knows (or that the migrations declare) to
// be volatile: its value is worked out anew for every row.
bool IsVolatile(const sql::Node* expression, const catalog::Catalog& catalog);

// Why ADD COLUMN with this definition writes every row ("its default is volatile"), or "".
std::string WhyAddColumnRewrites(const sql::ColumnDef* column, const catalog::Catalog& catalog);

enum class TypeChange { kNone, kScan, kRewrite };

// What ALTER COLUMN … TYPE does to the table's rows.
TypeChange ChangeOfType(const catalog::Catalog& catalog, catalog::TypeRef from,
                        catalog::TypeRef to);

}  // namespace strata::lint
