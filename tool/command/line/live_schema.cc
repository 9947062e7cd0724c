#include "command/line/live_schema.h"

#include "diff/introspect/introspect.h"
#include "driver/url.h"

namespace strata {

absl::StatusOr<catalog::Catalog> LiveCatalog(Context& context, const std::string& url,
                                             const catalog::Catalog* expected) {
  ASSIGN_OR_RETURN(const Url parsed, ParseUrl(url));
  if (parsed.dialect == Dialect::kSqlite) {
    return absl::InvalidArgumentError(
        "the schema of a SQLite database is compared with a set of the sqlite dialect only");
  }
  ASSIGN_OR_RETURN(
      const std::unique_ptr<Database> database,
      OpenDatabase(url, ConnectOptions(), std::chrono::seconds(context.settings.wait_seconds)));
  diff::IntrospectOptions options;
  options.history_table = context.settings.history_table;
  options.expected = expected;
  ASSIGN_OR_RETURN(diff::LiveSchema live, diff::Introspect(*database, options));
  if (context.settings.verbose) {
    for (const std::string& unread : live.unread)
      context.terminal.Err("not understood: " + unread + "\n");
  }
  return std::move(live.catalog);
}

absl::StatusOr<diff::SqliteModel> LiveModel(Context& context, const std::string& url) {
  ASSIGN_OR_RETURN(const Url parsed, ParseUrl(url));
  if (parsed.dialect != Dialect::kSqlite) {
    return absl::InvalidArgumentError(
        "the schema of a PostgreSQL database is compared with a set of the postgres dialect only");
  }
  ASSIGN_OR_RETURN(
      const std::unique_ptr<Database> database,
      OpenDatabase(url, ConnectOptions(), std::chrono::seconds(context.settings.wait_seconds)));
  return diff::ReadModel(*database, context.settings.history_table);
}

bool IsSqliteUrl(const std::string& url) { return url.rfind("sqlite:", 0) == 0; }

}  // namespace strata
