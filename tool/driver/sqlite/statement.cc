#include "driver/sqlite/statement.h"

namespace strata::sqlite {
namespace {

Fault FaultOf(sqlite3* db, int offset_base) {
  Fault fault;
  fault.code = sqlite3_extended_errcode(db);
  fault.message = sqlite3_errmsg(db);
  const int offset = sqlite3_error_offset(db);
  if (offset >= 0) fault.offset = offset_base + offset;
  return fault;
}

Fault StepAll(sqlite3* db, sqlite3_stmt* statement, const OnRow& on_row, int base) {
  for (;;) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_ROW) return FaultOf(db, base);
    if (!on_row) continue;
    std::string why = on_row(statement);
    if (!why.empty()) return {SQLITE_ABORT, std::move(why), -1};
  }
}

}  // namespace

Fault Run(sqlite3* db, std::string_view sql, const OnRow& on_row) {
  const char* at = sql.data();
  const char* const end = at + sql.size();
  while (at < end) {
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    const int base = static_cast<int>(at - sql.data());
    if (sqlite3_prepare_v2(db, at, static_cast<int>(end - at), &statement, &tail) != SQLITE_OK) {
      return FaultOf(db, base);
    }
    if (statement != nullptr) {
      Fault fault = StepAll(db, statement, on_row, base);
      sqlite3_finalize(statement);
      if (!fault.ok()) return fault;
    }
    at = tail;
  }
  return {};
}

Fault Select(sqlite3* db, std::string_view sql, Rows& rows) {
  return Run(db, sql, [&rows](sqlite3_stmt* statement) {
    const int columns = sqlite3_column_count(statement);
    if (rows.columns.empty()) {
      for (int i = 0; i < columns; ++i) {
        rows.columns.emplace_back(sqlite3_column_name(statement, i));
        const char* type = sqlite3_column_decltype(statement, i);
        rows.boolean.push_back(type != nullptr && sqlite3_stricmp(type, "boolean") == 0);
      }
    }
    Row row;
    for (int i = 0; i < columns; ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
      if (text == nullptr) {
        row.emplace_back();
      } else {
        row.emplace_back(std::in_place, text,
                         static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
      }
    }
    rows.rows.push_back(std::move(row));
    return std::string();
  });
}

}  // namespace strata::sqlite
