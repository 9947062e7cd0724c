// The system catalogs and the information schema as a query of them sees the migrations' own
// objects: rows of text, the columns that such queries ask for.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalog.h"

namespace strata::catalog {

// Columns by name; numbers of objects are in digits.
using SchemaRow = std::vector<std::pair<std::string_view, std::string>>;

// Whether such a table is known ("pg_class", "columns") and has such a column.
bool HasSchemaColumn(std::string_view table, std::string_view column);

// Gives every row of a table that is known.
void ForEachSchemaRow(const Catalog& catalog, std::string_view table,
                      const std::function<void(const SchemaRow&)>& visit);

}  // namespace strata::catalog
