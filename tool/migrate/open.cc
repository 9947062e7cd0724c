#include "migrate/open.h"

#ifdef STRATA_WITH_POSTGRES
#include "driver/postgres/postgres.h"
#endif
#ifdef STRATA_WITH_SQLITE
#include "driver/sqlite/sqlite.h"
#endif

namespace strata {

absl::StatusOr<ConnectOptions> ConnectOptionsOf(const MigrateOptions& options) {
  ConnectOptions connect;
  ASSIGN_OR_RETURN(connect.table, ParseTableName(options.history_table));
  connect.lock_timeout = options.lock_timeout;
  connect.statement_timeout = options.statement_timeout;
  connect.cancelled = options.cancelled;
  if (options.progress) {
    const auto progress = options.progress;
    connect.notice = [progress](const std::string& message) {
      Event event;
      event.kind = Event::Kind::kNotice;
      event.message = message;
      progress(event);
    };
    connect.waiting = [progress](const std::string& message) {
      Event event;
      event.kind = Event::Kind::kWaiting;
      event.message = message;
      progress(event);
    };
  }
  return connect;
}

absl::StatusOr<std::unique_ptr<Database>> Open(const std::string& url,
                                               const MigrateOptions& options) {
  ASSIGN_OR_RETURN(ConnectOptions connect, ConnectOptionsOf(options));
  return OpenDatabase(url, connect, options.connect_wait);
}

absl::StatusOr<std::unique_ptr<Database>> Open(sqlite3* connection, const MigrateOptions& options) {
  ASSIGN_OR_RETURN(ConnectOptions connect, ConnectOptionsOf(options));
#ifdef STRATA_WITH_SQLITE
  return UseSqlite(connection, connect);
#else
  (void)connection;
  return absl::UnimplementedError(
      "this program was built without the SQLite driver (STRATA_WITH_SQLITE=OFF)");
#endif
}

absl::StatusOr<std::unique_ptr<Database>> Open(pqxx::connection& connection,
                                               const MigrateOptions& options) {
  ASSIGN_OR_RETURN(ConnectOptions connect, ConnectOptionsOf(options));
#ifdef STRATA_WITH_POSTGRES
  return UsePostgres(connection, connect);
#else
  (void)connection;
  return absl::UnimplementedError(
      "this program was built without the PostgreSQL driver (STRATA_WITH_POSTGRES=OFF)");
#endif
}

}  // namespace strata
