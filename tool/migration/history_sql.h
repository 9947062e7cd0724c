// The history's statements, in both dialects. Pure text: the drivers send it, `plan` prints it.
// Every own name is qualified (PostgreSQL) or quoted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "migration/history.h"
#include "strata/migration_set.h"

namespace strata {

// 'it''s' ; PostgreSQL: E'..\\..' where the text has a backslash, right whatever
// standard_conforming_strings says.
std::string Literal(std::string_view text, Dialect dialect);
// "name", quotes doubled.
std::string Quoted(std::string_view name);
// "schema"."name", or "name" where there is no schema.
std::string Qualified(const TableName& table);
TableName LogTable(const TableName& table);

// The statements that make both tables. `if_missing`: without error where they are there.
std::vector<std::string> CreateHistory(const TableName& table, Dialect dialect, bool if_missing);

struct RecordedRow {
  std::uint64_t version = 0;
  std::string_view name;
  std::string_view checksum;
  std::string_view down_checksum;  // empty: NULL
  std::string_view down_script;    // written where down_checksum is not empty
  std::string_view tool_version;
  std::optional<std::uint64_t> newest;  // what must be the newest version, else the statement fails
  std::string_view by;                  // SQLite only: PostgreSQL knows it
  double duration_ms = 0;               // SQLite only: PostgreSQL measures it
};

// Fails with division_by_zero where the history's newest version is another. It is a query: what a
// script says of its transaction's isolation has to stand before it.
std::string CheckNewest(const TableName& table, std::optional<std::uint64_t> newest);

// One statement that adds the history row and the log row, and returns the duration in ms. On
// PostgreSQL it violates a NOT NULL (23502) or the key (23505) where another runner was here first.
std::string RecordUp(const TableName& table, const RecordedRow& row);
// The same for a row that is removed. REQUIRES: StartClock ran in the transaction.
std::string RecordDown(const TableName& table, const RecordedRow& row);
// PostgreSQL, where many rows follow one another: the same statements prepared under `name`, which
// the server then need not plan again, and their execution.
std::string PrepareUp(const TableName& table, const std::string& name,
                      std::string_view tool_version);
std::string ExecuteUp(const std::string& name, const RecordedRow& row);
std::string PrepareDown(const TableName& table, const std::string& name);
std::string ExecuteDown(const std::string& name, const RecordedRow& row);
// PostgreSQL: notes the time, for RecordDown.
std::string StartClock();

// SQLite needs two statements each: history, then log.
std::vector<std::string> RecordUpSqlite(const TableName& table, const RecordedRow& row);
std::vector<std::string> RecordDownSqlite(const TableName& table, const RecordedRow& row);

// One row, with no log row of its own. `state`: applied, or running where a journal starts.
std::string InsertRow(const TableName& table, const RecordedRow& row, std::string_view state,
                      Dialect dialect);
std::string DeleteRow(const TableName& table, std::uint64_t version);

// A journal: started by InsertRow (up) or JournalDown, advanced, and closed by SetState or
// DeleteRow.
std::string JournalDown(const TableName& table, std::uint64_t version);
std::string JournalStatement(const TableName& table, std::uint64_t version, std::size_t done);
std::string SetState(const TableName& table, std::uint64_t version, std::string_view state);

enum class ChangeKind { kAdd, kRemove, kSetApplied, kLogOnly };
// The statement that makes the change; empty for kLogOnly.
std::string ChangeRow(const TableName& table, ChangeKind kind, const RecordedRow& row,
                      Dialect dialect);

struct LogRecord {
  std::string_view action;
  std::uint64_t version = 0;
  std::string_view name;
  std::string_view by;  // SQLite only
  double duration_ms = 0;
  std::string_view outcome;
  std::string_view message;
};
std::string InsertLog(const TableName& table, const LogRecord& record, Dialect dialect);

}  // namespace strata
