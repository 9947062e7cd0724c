#include "shadow/database.h"

#include <sqlite3.h>

namespace strata::shadow {
namespace {

SqliteError ErrorOf(sqlite3* db) { return {sqlite3_extended_errcode(db), sqlite3_errmsg(db)}; }

void Bind(sqlite3_stmt* statement, int index, const Value& value) {
  const auto size = static_cast<int>(value.bytes.size());
  switch (value.kind) {
    case Value::Kind::kNull:
      sqlite3_bind_null(statement, index);
      break;
    case Value::Kind::kInteger:
      sqlite3_bind_int64(statement, index, value.integer);
      break;
    case Value::Kind::kReal:
      sqlite3_bind_double(statement, index, value.real);
      break;
    case Value::Kind::kText:
      sqlite3_bind_text(statement, index, value.bytes.data(), size, SQLITE_STATIC);
      break;
    case Value::Kind::kBlob:
      sqlite3_bind_blob(statement, index, value.bytes.data(), size, SQLITE_STATIC);
      break;
  }
}

}  // namespace

Database::Database() {
  if (sqlite3_open_v2(":memory:", &db_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                      nullptr) != SQLITE_OK) {
    sqlite3_close(db_);
    db_ = nullptr;  // out of memory: every call below then fails, and nothing is claimed
    return;
  }
  sqlite3_extended_result_codes(db_, 1);
}

Database::~Database() { sqlite3_close_v2(db_); }

std::optional<SqliteError> Database::Execute(const std::string& sql) {
  if (db_ == nullptr) return SqliteError{SQLITE_NOMEM, "out of memory"};
  if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return std::nullopt;
  return ErrorOf(db_);
}

std::optional<std::int64_t> Database::QueryInteger(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (db_ == nullptr || sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    return std::nullopt;
  std::optional<std::int64_t> value;
  if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
    value = sqlite3_column_int64(statement, 0);
  }
  sqlite3_finalize(statement);
  return value;
}

std::optional<SqliteError> Database::ExecuteRows(const std::string& sql,
                                                 const std::vector<std::vector<Value>>& rows) {
  sqlite3_stmt* statement = nullptr;
  if (db_ == nullptr) return SqliteError{SQLITE_NOMEM, "out of memory"};
  if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    return ErrorOf(db_);
  std::optional<SqliteError> error;
  for (const std::vector<Value>& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) Bind(statement, static_cast<int>(i) + 1, row[i]);
    if (sqlite3_step(statement) != SQLITE_DONE) error = ErrorOf(db_);
    sqlite3_reset(statement);
    if (error) break;
  }
  sqlite3_finalize(statement);
  return error;
}

}  // namespace strata::shadow
