#include "command/line/live_schema.h"

#include "driver/url.h"

namespace strata {

absl::StatusOr<diff::LiveSchema> ReadLive(Context& context, const std::string& url,
                                          diff::IntrospectOptions options) {
  ASSIGN_OR_RETURN(const Url parsed, ParseUrl(url));
  if (parsed.dialect == Dialect::kSqlite) {
    return absl::InvalidArgumentError(
        "the schema of a SQLite database is compared with a set of the sqlite dialect only");
  }
  ASSIGN_OR_RETURN(
      const std::unique_ptr<Database> database,
      OpenDatabase(url, ConnectOptions(), std::chrono::seconds(context.settings.wait_seconds)));
  options.history_table = context.settings.history_table;
  ASSIGN_OR_RETURN(diff::LiveSchema live, diff::Introspect(*database, options));
  for (const std::string& unread : live.unread)
    live.left_out.push_back("what was not understood: " + unread);
  return live;
}

absl::StatusOr<catalog::Catalog> LiveCatalog(Context& context, const std::string& url,
                                             const catalog::Catalog* expected,
                                             std::vector<std::string>* left_out) {
  diff::IntrospectOptions options;
  options.expected = expected;
  ASSIGN_OR_RETURN(diff::LiveSchema live, ReadLive(context, url, options));
  SayLeftOut(context, live.left_out);
  if (left_out != nullptr) *left_out = std::move(live.left_out);
  return std::move(live.catalog);
}

void SayLeftOut(Context& context, const std::vector<std::string>& left_out) {
  for (const std::string& object : left_out)
    context.terminal.Err("note: left out: " + object + "\n");
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
