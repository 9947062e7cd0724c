// The schema of a live database, for the commands that compare with it.
#pragma once

#include <string>

#include "base/status.h"
#include "catalog/catalog.h"
#include "command/context.h"
#include "diff/sqlite/model.h"

namespace strata {

// Reads the schema at `url`. `expected`: what the migrations make; relations of other owners that
// it does not have are left out (null: nothing is). What the model could not take in is said on
// stderr with --verbose.
absl::StatusOr<catalog::Catalog> LiveCatalog(Context& context, const std::string& url,
                                             const catalog::Catalog* expected);

// The same of a SQLite database, without Strata's own tables.
absl::StatusOr<diff::SqliteModel> LiveModel(Context& context, const std::string& url);

bool IsSqliteUrl(const std::string& url);

}  // namespace strata
