// Entries of a query's range table: what FROM and a target bring.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

// The names in alias(a, b, …).
std::vector<std::string> AliasColumns(const sql::Alias* alias);

// What may be named of a range entry: all of its columns.
Visible VisibleOf(const Level& level, int range);

// Renames the entry's first columns.
void Rename(RangeEntry* entry, const std::vector<std::string>& names);

// The same by alias(a, b, …); complains where it names more than there are.
void RenameByAlias(Analysis* analysis, RangeEntry* entry, const sql::Alias* alias);

}  // namespace strata::catalog
