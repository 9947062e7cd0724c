// Scripts run on a catalog.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalog.h"
#include "strata/migration_set.h"

namespace strata::diff {

// Runs a script as one session would, from the search path a migration starts with. Returns what
// the model says PostgreSQL would refuse first, with the statement; "" where all is well.
// Statements that the model does not know change nothing.
std::string RunScript(catalog::Catalog* catalog, std::string_view text, bool in_transaction = true);

// The same, going on behind every fault. Returns them all.
std::vector<std::string> RunAll(catalog::Catalog* catalog, std::string_view text,
                                bool in_transaction = true);

// pg_dump empties the search path by calling a function, which the model takes for a query. Does
// what such a statement means; false: it is none.
bool SetsSearchPath(catalog::Catalog* catalog, std::string_view statement);

// What the catalog holds after the set's up scripts, those above `last` left out.
catalog::Catalog CatalogOf(const MigrationSet& set, std::uint64_t last = UINT64_MAX);

}  // namespace strata::diff
