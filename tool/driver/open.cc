#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "driver/driver.h"
#include "driver/early.h"
#include "driver/url.h"
#ifdef STRATA_WITH_POSTGRES
#include "driver/postgres/postgres.h"
#endif
#ifdef STRATA_WITH_SQLITE
#include "driver/sqlite/sqlite.h"
#endif

namespace strata {

absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(const std::string& url,
                                                       const ConnectOptions& options,
                                                       std::chrono::milliseconds wait) {
  ASSIGN_OR_RETURN(Url parsed, ParseUrl(url));
  (void)options;  // unused where a driver is left out
  (void)wait;
  if (parsed.dialect == Dialect::kSqlite) {
#ifdef STRATA_WITH_SQLITE
    return OpenSqlite(parsed.place, options);
#else
    return absl::UnimplementedError(
        "this program was built without the SQLite driver (STRATA_WITH_SQLITE=OFF)");
#endif
  }
#ifdef STRATA_WITH_POSTGRES
  return OpenPostgres(parsed.place, options, wait);
#else
  return absl::UnimplementedError(
      "this program was built without the PostgreSQL driver (STRATA_WITH_POSTGRES=OFF)");
#endif
}

EarlyConnection::EarlyConnection(const std::string& url) {
#ifdef STRATA_WITH_POSTGRES
  const absl::StatusOr<Url> parsed = ParseUrl(url);
  if (parsed.ok() && parsed->dialect == Dialect::kPostgres) {
    postgres::StartConnecting(parsed->place);
  }
#else
  static_cast<void>(url);
#endif
}

EarlyConnection::~EarlyConnection() {
#ifdef STRATA_WITH_POSTGRES
  postgres::StopConnecting();
#endif
}

}  // namespace strata
