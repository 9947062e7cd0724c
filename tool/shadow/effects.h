// What code that is not run may do, read from its words alone.
#pragma once

#include <string_view>

#include "catalog/catalog.h"
#include "sql/tree.h"

namespace strata::shadow {

// The body names a statement that writes rows, or calls a function that does.
bool MayWriteRows(const catalog::Catalog& catalog, std::string_view body, int depth = 0);
// The text calls a function of the migrations' own that writes rows.
bool CallsWriter(const catalog::Catalog& catalog, std::string_view text, int depth = 0);

// Of a DO block; "" where it has none.
std::string_view BodyOf(const sql::DoStmt& statement);

}  // namespace strata::shadow
