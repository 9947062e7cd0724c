// Scripts run on a catalog.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/apply/apply.h"
#include "catalog/catalog.h"
#include "sql/load_set.h"
#include "sql/parse.h"
#include "strata/migration_set.h"

namespace strata::diff {

// Runs a script as one session would, from the search path a migration starts with. Returns what
// the model says PostgreSQL would refuse first, with the statement; "" where all is well.
// Statements that the model does not know change nothing.
std::string RunScript(catalog::Catalog* catalog, std::string_view text, bool in_transaction = true);

// Everything as at the start of a session, but for the names in doubt.
void StartSession(catalog::Catalog* catalog);

// Applies a statement. Roles belong to the server and not to a schema: those that it names are
// taken to be there.
catalog::ApplyResult ApplyWithRoles(catalog::Catalog* catalog, std::string_view text,
                                    const sql::ParsedStatement& statement, bool in_transaction);

// The same, going on behind every fault. Returns them all. `skipped` (null: not asked for) takes
// the statements that the model does not know.
std::vector<std::string> RunAll(catalog::Catalog* catalog, std::string_view text,
                                bool in_transaction = true,
                                std::vector<std::string>* skipped = nullptr);

// pg_dump empties the search path by calling a function, which the model takes for a query. Does
// what such a statement means; false: it is none.
bool SetsSearchPath(catalog::Catalog* catalog, std::string_view statement);

// The same of a script that is parsed already.
std::vector<std::string> RunAll(catalog::Catalog* catalog, const sql::ParsedScript& script,
                                bool in_transaction = true,
                                std::vector<std::string>* skipped = nullptr);

// What the catalog holds after the set's up scripts, those above `last` left out; with what they
// left in doubt. `skipped`: as RunAll.
catalog::Catalog CatalogOf(const MigrationSet& set, std::uint64_t last = UINT64_MAX,
                           std::vector<std::string>* skipped = nullptr);
// Of a set with its trees, where it has them.
catalog::Catalog CatalogOf(const sql::LoadedSet& set);

}  // namespace strata::diff
