#include "migration/history_sql.h"

#include "absl/strings/str_cat.h"

namespace strata {
namespace {

constexpr char kUtcNow[] = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";  // SQLite
constexpr char kRowColumns[] =
    "(version, name, checksum, down_checksum, down_script, state, statement, applied_at, "
    "applied_by, duration_ms, tool_version)";
constexpr char kLogColumns[] =
    "(at, action, version, name, applied_by, duration_ms, outcome, message)";

std::string OrNull(std::string_view text, Dialect dialect) {
  return text.empty() ? "NULL" : Literal(text, dialect);
}

std::string DownScriptOrNull(const RecordedRow& row, Dialect dialect) {
  return row.down_checksum.empty() ? "NULL" : Literal(row.down_script, dialect);
}

std::string VersionOrNull(std::optional<std::uint64_t> version) {
  return version ? absl::StrCat(*version) : "NULL";
}

std::string HistoryName(const TableName& table) { return Qualified(table); }
std::string LogName(const TableName& table) { return Qualified(LogTable(table)); }

std::vector<std::string> CreatePostgres(const TableName& table, bool if_missing) {
  return {absl::StrCat("CREATE TABLE ", if_missing ? "IF NOT EXISTS " : "", HistoryName(table),
                       " (version bigint PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, "
                       "down_checksum text, down_script text, state text NOT NULL, "
                       "statement integer NOT NULL, applied_at timestamptz NOT NULL, "
                       "applied_by text NOT NULL, duration_ms double precision NOT NULL, "
                       "tool_version text NOT NULL)"),
          absl::StrCat("COMMENT ON TABLE ", HistoryName(table), " IS 'Strata history, format ",
                       kHistoryFormat, "'"),
          absl::StrCat("CREATE TABLE IF NOT EXISTS ", LogName(table),
                       " (at timestamptz NOT NULL, action text NOT NULL, version bigint NOT NULL, "
                       "name text NOT NULL, applied_by text NOT NULL, "
                       "duration_ms double precision NOT NULL, outcome text NOT NULL, "
                       "message text NOT NULL)")};
}

std::vector<std::string> CreateSqlite(const TableName& table) {
  return {absl::StrCat("CREATE TABLE IF NOT EXISTS ", HistoryName(table),
                       " (/* Strata history, format ", kHistoryFormat,
                       " */ version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT "
                       "NULL, down_checksum TEXT, down_script TEXT, state TEXT NOT NULL, "
                       "statement INTEGER NOT NULL, applied_at TEXT NOT NULL, applied_by TEXT NOT "
                       "NULL, duration_ms REAL NOT NULL, tool_version TEXT NOT NULL)"),
          absl::StrCat("CREATE TABLE IF NOT EXISTS ", LogName(table),
                       " (at TEXT NOT NULL, action TEXT NOT NULL, version INTEGER NOT NULL, name "
                       "TEXT NOT NULL, applied_by TEXT NOT NULL, duration_ms REAL NOT NULL, "
                       "outcome TEXT NOT NULL, message TEXT NOT NULL)")};
}

// " SELECT version, name, checksum, down_checksum, down_script" as literals.
std::string RowStart(const RecordedRow& row, Dialect dialect) {
  return absl::StrCat(row.version, ", ", Literal(row.name, dialect), ", ",
                      Literal(row.checksum, dialect), ", ", OrNull(row.down_checksum, dialect),
                      ", ", DownScriptOrNull(row, dialect));
}

// Sent for every migration, so it is kept short: columns in the order that CreatePostgres gives
// them. The clock starts with the transaction or with the row before, whichever is later: all
// transactions of one message have the same now(), which is the message's.
// `start`: the first five values; `newest`, `tool`: what they are in RecordedRow.
std::string UpStatement(const TableName& table, const std::string& start, const std::string& newest,
                        const std::string& tool) {
  const std::string history = HistoryName(table);
  return absl::StrCat(
      "WITH h AS (INSERT INTO ", history, " SELECT ", start,
      ", CASE WHEN p.version IS NOT DISTINCT FROM ", newest,
      " THEN 'applied' END, 0, o.c, session_user, extract(epoch FROM o.c - "
      "greatest(pg_catalog.now(), p.applied_at)) * 1000, ",
      tool,
      " FROM (SELECT pg_catalog.clock_timestamp() AS c) AS o LEFT JOIN (SELECT version, applied_at "
      "FROM ",
      history, " ORDER BY version DESC LIMIT 1) AS p ON true RETURNING *) INSERT INTO ",
      LogName(table),
      " SELECT applied_at, 'up', version, name, applied_by, duration_ms, 'ok', '' FROM h RETURNING "
      "duration_ms");
}

std::string DownStatement(const TableName& table, const std::string& version,
                          const std::string& name, const std::string& newest) {
  return absl::StrCat(
      "WITH h AS (DELETE FROM ", HistoryName(table), " WHERE version = ", version,
      " RETURNING version) INSERT INTO ", LogName(table), " ", kLogColumns,
      " SELECT pg_catalog.clock_timestamp(), CASE WHEN (SELECT pg_catalog.max(version) FROM ",
      HistoryName(table), ") IS NOT DISTINCT FROM ", newest,
      " AND (SELECT pg_catalog.count(*) FROM h) = 1 THEN 'down' END, ", version, ", ", name,
      ", session_user, extract(epoch FROM pg_catalog.clock_timestamp() - "
      "pg_catalog.current_setting('strata.started')::timestamptz) * 1000, 'ok', '' RETURNING "
      "duration_ms");
}

}  // namespace

std::string Literal(std::string_view text, Dialect dialect) {
  std::string out;
  out.reserve(text.size() + 3);
  if (dialect == Dialect::kPostgres && text.find('\\') != std::string_view::npos) {
    out += 'E';
    out += '\'';
    for (char c : text) {
      if (c == '\'' || c == '\\') out += c;
      out += c;
    }
  } else {
    out += '\'';
    for (char c : text) {
      if (c == '\'') out += c;
      out += c;
    }
  }
  out += '\'';
  return out;
}

std::string Quoted(std::string_view name) {
  std::string out = "\"";
  for (char c : name) {
    if (c == '"') out += c;
    out += c;
  }
  out += '"';
  return out;
}

std::string Qualified(const TableName& table) {
  if (table.schema.empty()) return Quoted(table.name);
  return absl::StrCat(Quoted(table.schema), ".", Quoted(table.name));
}

TableName LogTable(const TableName& table) {
  return {table.schema, absl::StrCat(table.name, "_log")};
}

std::vector<std::string> CreateHistory(const TableName& table, Dialect dialect, bool if_missing) {
  return dialect == Dialect::kPostgres ? CreatePostgres(table, if_missing) : CreateSqlite(table);
}

std::string RecordUp(const TableName& table, const RecordedRow& row) {
  constexpr Dialect kPg = Dialect::kPostgres;
  return UpStatement(table, RowStart(row, kPg), VersionOrNull(row.newest),
                     Literal(row.tool_version, kPg));
}

std::string PrepareUp(const TableName& table, const std::string& name,
                      std::string_view tool_version) {
  return absl::StrCat(
      "PREPARE ", name, "(bigint, text, text, text, text, bigint) AS ",
      UpStatement(table, "$1, $2, $3, $4, $5", "$6", Literal(tool_version, Dialect::kPostgres)));
}

std::string ExecuteUp(const std::string& name, const RecordedRow& row) {
  return absl::StrCat("EXECUTE ", name, "(", RowStart(row, Dialect::kPostgres), ", ",
                      VersionOrNull(row.newest), ")");
}

std::string PrepareDown(const TableName& table, const std::string& name) {
  return absl::StrCat("PREPARE ", name, "(bigint, text, bigint) AS ",
                      DownStatement(table, "$1", "$2", "$3"));
}

std::string ExecuteDown(const std::string& name, const RecordedRow& row) {
  return absl::StrCat("EXECUTE ", name, "(", row.version, ", ",
                      Literal(row.name, Dialect::kPostgres), ", ", VersionOrNull(row.newest), ")");
}

std::string CheckNewest(const TableName& table, std::optional<std::uint64_t> newest) {
  return absl::StrCat("SELECT 1 / CASE WHEN pg_catalog.max(version) IS NOT DISTINCT FROM ",
                      VersionOrNull(newest), " THEN 1 ELSE 0 END FROM ", HistoryName(table));
}

std::string StartClock() {
  return "SELECT pg_catalog.set_config('strata.started', pg_catalog.clock_timestamp()::text, true)";
}

std::string RecordDown(const TableName& table, const RecordedRow& row) {
  return DownStatement(table, absl::StrCat(row.version), Literal(row.name, Dialect::kPostgres),
                       VersionOrNull(row.newest));
}

std::vector<std::string> RecordUpSqlite(const TableName& table, const RecordedRow& row) {
  constexpr Dialect kLite = Dialect::kSqlite;
  return {
      InsertRow(table, row, "applied", kLite),
      InsertLog(table, {"up", row.version, row.name, row.by, row.duration_ms, "ok", ""}, kLite)};
}

std::vector<std::string> RecordDownSqlite(const TableName& table, const RecordedRow& row) {
  return {DeleteRow(table, row.version),
          InsertLog(table, {"down", row.version, row.name, row.by, row.duration_ms, "ok", ""},
                    Dialect::kSqlite)};
}

std::string InsertRow(const TableName& table, const RecordedRow& row, std::string_view state,
                      Dialect dialect) {
  const bool postgres = dialect == Dialect::kPostgres;
  return absl::StrCat("INSERT INTO ", HistoryName(table), " ", kRowColumns, " VALUES (",
                      RowStart(row, dialect), ", ", Literal(state, dialect), ", 0, ",
                      postgres ? "pg_catalog.clock_timestamp()" : kUtcNow, ", ",
                      postgres ? "session_user" : Literal(row.by, dialect), ", ", row.duration_ms,
                      ", ", Literal(row.tool_version, dialect), ")");
}

std::string DeleteRow(const TableName& table, std::uint64_t version) {
  return absl::StrCat("DELETE FROM ", HistoryName(table), " WHERE version = ", version);
}

// A duration below zero marks a roll-back under way; `state` alone does not tell the direction.
std::string JournalDown(const TableName& table, std::uint64_t version) {
  return absl::StrCat(
      "UPDATE ", HistoryName(table),
      " SET state = 'running', statement = 0, duration_ms = -1 WHERE version = ", version);
}

std::string JournalStatement(const TableName& table, std::uint64_t version, std::size_t done) {
  return absl::StrCat("UPDATE ", HistoryName(table), " SET state = 'running', statement = ", done,
                      " WHERE version = ", version);
}

std::string SetState(const TableName& table, std::uint64_t version, std::string_view state) {
  return absl::StrCat("UPDATE ", HistoryName(table),
                      " SET state = ", Literal(state, Dialect::kSqlite),
                      " WHERE version = ", version);
}

std::string ChangeRow(const TableName& table, ChangeKind kind, const RecordedRow& row,
                      Dialect dialect) {
  switch (kind) {
    case ChangeKind::kAdd:
      return InsertRow(table, row, "applied", dialect);
    case ChangeKind::kRemove:
      return DeleteRow(table, row.version);
    case ChangeKind::kSetApplied:
      return SetState(table, row.version, "applied");
    case ChangeKind::kLogOnly:
      break;
  }
  return "";
}

std::string InsertLog(const TableName& table, const LogRecord& record, Dialect dialect) {
  const bool postgres = dialect == Dialect::kPostgres;
  return absl::StrCat(
      "INSERT INTO ", LogName(table), " ", kLogColumns, " VALUES (",
      postgres ? "pg_catalog.clock_timestamp()" : kUtcNow, ", ", Literal(record.action, dialect),
      ", ", record.version, ", ", Literal(record.name, dialect), ", ",
      postgres ? "session_user" : Literal(record.by, dialect), ", ", record.duration_ms, ", ",
      Literal(record.outcome, dialect), ", ", Literal(record.message, dialect), ")");
}

}  // namespace strata
