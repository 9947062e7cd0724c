// Database URLs: which driver, which place, and how they may be shown.
#pragma once

#include <string>

#include "base/status.h"
#include "strata/migration_set.h"

namespace strata {

struct Url {
  Dialect dialect = Dialect::kPostgres;
  // PostgreSQL: the connection string as given. SQLite: the file's path, or ":memory:".
  std::string place;
};

// postgresql://..., postgres://..., libpq key=value strings; sqlite:relative.db, sqlite:///abs.db,
// sqlite://relative.db, sqlite::memory:. Errors: kInvalidArgument, with the forms that exist; the
// text is never shown whole, since it may hold a password.
absl::StatusOr<Url> ParseUrl(const std::string& url);

// The one function that takes passwords out: from URLs (user:secret@, also where the "@host" is
// missing; ?password=), and from key=value strings. What is not understood is cut, not shown.
std::string Redact(const std::string& url);

// `message` (a library's own words) with every password of `url` taken out.
std::string RedactIn(const std::string& message, const std::string& url);

}  // namespace strata
