// Thin values over SQLite's C API: run text, read rows.
#pragma once

#include <sqlite3.h>

#include <functional>
#include <string>
#include <string_view>

#include "driver/driver.h"

namespace strata::sqlite {

struct Fault {
  int code = SQLITE_OK;  // extended
  std::string message;
  int offset = -1;  // byte in the text that was run, or -1: not known
  bool ok() const { return code == SQLITE_OK; }
  bool busy() const { return (code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED; }
};

// Called for each row; returns an empty string, or why the run must stop.
using OnRow = std::function<std::string(sqlite3_stmt*)>;

// Runs every statement of `sql`. A row that is not wanted gives code SQLITE_ABORT.
Fault Run(sqlite3* db, std::string_view sql, const OnRow& on_row = nullptr);

// Runs one or more statements and gathers the rows of all as text.
Fault Select(sqlite3* db, std::string_view sql, Rows& rows);

}  // namespace strata::sqlite
