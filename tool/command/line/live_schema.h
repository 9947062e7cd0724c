// The schema of a live database, for the commands that compare with it.
#pragma once

#include <string>

#include "base/status.h"
#include "catalog/catalog.h"
#include "command/context.h"
#include "diff/introspect/introspect.h"
#include "diff/sqlite/model.h"

namespace strata {

// Reads the schema at `url`. Says nothing; left_out has also what was not understood.
absl::StatusOr<diff::LiveSchema> ReadLive(Context& context, const std::string& url,
                                          diff::IntrospectOptions options);

// The same, as a catalog. `expected`: what the migrations make; relations of other owners that
// it does not have are left out (null: nothing is). What was not read or not understood is said on
// stderr, and goes to `left_out` (null: not asked for).
absl::StatusOr<catalog::Catalog> LiveCatalog(Context& context, const std::string& url,
                                             const catalog::Catalog* expected,
                                             std::vector<std::string>* left_out = nullptr);

// "note: left out: subscription s"
void SayLeftOut(Context& context, const std::vector<std::string>& left_out);

// The same of a SQLite database, without Strata's own tables.
absl::StatusOr<diff::SqliteModel> LiveModel(Context& context, const std::string& url);

bool IsSqliteUrl(const std::string& url);

}  // namespace strata
