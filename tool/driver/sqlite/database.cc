#include "driver/sqlite/database.h"

#include <pwd.h>
#include <unistd.h>

#include <limits>

#include "absl/strings/str_cat.h"
#include "driver/history_rows.h"
#include "driver/sqlite/sqlite.h"

namespace strata::sqlite {
namespace {

std::string SystemUser() {
  const passwd* entry = getpwuid(geteuid());
  return entry != nullptr ? entry->pw_name : absl::StrCat("uid ", geteuid());
}

void SetBusyTimeout(sqlite3* db, std::chrono::milliseconds timeout) {
  const auto most = std::numeric_limits<int>::max();
  const auto ms = timeout.count();
  sqlite3_busy_timeout(db, ms == 0 || ms > most ? most : static_cast<int>(ms));
}

int Interrupted(void* options) {
  return static_cast<const ConnectOptions*>(options)->cancelled() ? 1 : 0;
}

absl::Status WorldFault(const Fault& fault, const std::string& place) {
  const std::string text = absl::StrCat("SQLite file ", place, ": ", fault.message);
  switch (fault.code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::DeadlineExceededError(
          absl::StrCat(text, "; another process holds it, the wait was in vain"));
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return absl::PermissionDeniedError(text);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return absl::FailedPreconditionError(absl::StrCat(text, "; is it a SQLite database?"));
    default:
      return absl::UnavailableError(text);
  }
}

const char* ColumnText(const Row& row, int i) {
  const std::optional<std::string>& value = row[static_cast<std::size_t>(i)];
  return value ? value->c_str() : nullptr;
}

// "Strata history, format N" in the table's own text; 0: not ours.
int FormatOf(const std::string& create) {
  constexpr char kMark[] = "Strata history, format ";
  const std::size_t at = create.find(kMark);
  return at == std::string::npos ? 0 : std::atoi(create.c_str() + at + sizeof(kMark) - 1);
}

}  // namespace

SqliteDatabase::SqliteDatabase(sqlite3* db, bool owned, std::string place,
                               const ConnectOptions& options)
    : db_(db),
      owned_(owned),
      place_(std::move(place)),
      options_(options),
      table_(options.table),
      by_(SystemUser()) {
  if (table_.schema.empty()) table_.schema = "main";
  if (db_ == nullptr || !owned_) return;
  SetBusyTimeout(db_, options_.lock_timeout);
  if (options_.cancelled) {
    sqlite3_progress_handler(db_, 100000, Interrupted, const_cast<ConnectOptions*>(&options_));
  }
}

SqliteDatabase::~SqliteDatabase() {
  if (owned_ && db_ != nullptr) sqlite3_close_v2(db_);
}

absl::Status SqliteDatabase::OpenForWriting() {
  if (db_ != nullptr) return absl::OkStatus();
  const int code =
      sqlite3_open_v2(place_.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  if (code != SQLITE_OK) {
    absl::Status status = absl::UnavailableError(
        absl::StrCat("cannot create the SQLite file ", place_, ": ", sqlite3_errmsg(db_)));
    sqlite3_close_v2(db_);
    db_ = nullptr;
    return status;
  }
  SetBusyTimeout(db_, options_.lock_timeout);
  return absl::OkStatus();
}

absl::Status SqliteDatabase::Read(const std::string& sql, Rows& rows) {
  Fault fault = Select(db_, sql, rows);
  return fault.ok() ? absl::OkStatus() : WorldFault(fault, place_);
}

absl::StatusOr<bool> SqliteDatabase::HistoryExists() {
  Rows rows;
  RETURN_IF_ERROR(
      Read(absl::StrCat("SELECT sql FROM ", Quoted(table_.schema),
                        ".sqlite_master WHERE name = ", Literal(table_.name, Dialect::kSqlite)),
           rows));
  if (rows.rows.empty()) return false;
  const int format = FormatOf(rows.rows[0][0].value_or(""));
  if (format == 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("the table ", table_.name,
                     " is there but is not Strata's history: name another "
                     "with --history-table"));
  }
  if (format > kHistoryFormat) {
    return absl::FailedPreconditionError(
        absl::StrCat("the history table ", table_.name, " has format ", format,
                     " and was made by a newer Strata: this one knows format ", kHistoryFormat));
  }
  return true;
}

absl::StatusOr<History> SqliteDatabase::ReadHistory(Detail detail) {
  History history;
  if (db_ == nullptr) return history;
  ASSIGN_OR_RETURN(history.exists, HistoryExists());
  if (!history.exists) return history;
  Rows rows;
  RETURN_IF_ERROR(Read(SelectHistory(Qualified(table_), detail, "applied_at"), rows));
  for (const Row& row : rows.rows) {
    history.rows.push_back(DecodeHistoryRow([&row](int i) { return ColumnText(row, i); }, detail));
  }
  return history;
}

absl::StatusOr<std::vector<LogRow>> SqliteDatabase::ReadLog() {
  std::vector<LogRow> log;
  if (db_ == nullptr) return log;
  ASSIGN_OR_RETURN(bool exists, HistoryExists());
  if (!exists) return log;
  Rows rows;
  RETURN_IF_ERROR(Read(SelectLog(Qualified(LogTable(table_)), "at", "rowid"), rows));
  for (const Row& row : rows.rows) {
    log.push_back(DecodeLogRow([&row](int i) { return ColumnText(row, i); }));
  }
  return log;
}

absl::Status SqliteDatabase::MayWrite() {
  if (db_ == nullptr || sqlite3_db_readonly(db_, "main") != 1) return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat("the SQLite file ", place_, " is read-only: nothing was changed"));
}

absl::StatusOr<Trace> SqliteDatabase::Inspect(std::string_view) { return Trace{}; }

absl::StatusOr<Rows> SqliteDatabase::Query(const std::string& sql) {
  Rows rows;
  RETURN_IF_ERROR(OpenForWriting());
  RETURN_IF_ERROR(Read(sql, rows));
  return rows;
}

RecordedRow SqliteDatabase::RowOf(const Work& work, double ms) const {
  RecordedRow row;
  row.version = work.version;
  row.name = work.name;
  row.checksum = work.checksum;
  row.down_checksum = work.down_checksum;
  row.down_script = work.down_script;
  row.tool_version = STRATA_VERSION;
  row.by = by_;
  row.duration_ms = ms;
  return row;
}

}  // namespace strata::sqlite

namespace strata {

absl::StatusOr<std::unique_ptr<Database>> OpenSqlite(const std::string& place,
                                                     const ConnectOptions& options) {
  sqlite3* db = nullptr;
  const bool memory = place == ":memory:";
  if (memory || access(place.c_str(), F_OK) == 0) {
    const int flags = SQLITE_OPEN_READWRITE | (memory ? SQLITE_OPEN_MEMORY : 0);
    if (sqlite3_open_v2(place.c_str(), &db, flags, nullptr) != SQLITE_OK) {
      absl::Status status = absl::UnavailableError(
          absl::StrCat("cannot open the SQLite file ", place, ": ", sqlite3_errmsg(db)));
      sqlite3_close_v2(db);
      return status;
    }
  } else {
    const std::size_t slash = place.rfind('/');
    const std::string folder = slash == std::string::npos ? "." : place.substr(0, slash + 1);
    if (access(folder.c_str(), F_OK) != 0) {
      return absl::UnavailableError(absl::StrCat("cannot open the SQLite file ", place,
                                                 ": the folder ", folder, " does not exist"));
    }
  }
  return std::make_unique<sqlite::SqliteDatabase>(db, true, place, options);
}

absl::StatusOr<std::unique_ptr<Database>> UseSqlite(sqlite3* db, const ConnectOptions& options) {
  if (db == nullptr) return absl::InvalidArgumentError("the SQLite connection is null");
  if (sqlite3_get_autocommit(db) == 0) {
    return absl::FailedPreconditionError("a transaction is open on the SQLite connection");
  }
  const char* file = sqlite3_db_filename(db, "main");
  std::string place = file == nullptr || *file == '\0' ? ":memory:" : file;
  return std::make_unique<sqlite::SqliteDatabase>(db, false, place, options);
}

}  // namespace strata
