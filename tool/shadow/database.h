// An in-memory SQLite database, as little of it as the shadow needs.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "shadow/input.h"

struct sqlite3;
struct sqlite3_stmt;

namespace strata::shadow {

struct SqliteError {
  int code = 0;  // extended result code
  std::string message;
};

class Database {
 public:
  Database();
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Runs every statement of `sql`. Returns the first error.
  std::optional<SqliteError> Execute(const std::string& sql);

  // The first column of the first row; null where there is no row, NULL or an error.
  std::optional<std::int64_t> QueryInteger(const std::string& sql);

  // Runs `sql` (one statement) once for each row of values bound to its ?s.
  std::optional<SqliteError> ExecuteRows(const std::string& sql,
                                         const std::vector<std::vector<Value>>& rows);

  sqlite3* handle() const { return db_; }

 private:
  sqlite3* db_ = nullptr;
};

}  // namespace strata::shadow
