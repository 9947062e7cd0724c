// The history as values: what the table <history table> and its log hold. The columns are a format
// that outlives the process; they are documented in the README. kHistoryFormat counts their
// changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"

namespace strata {

constexpr int kHistoryFormat = 1;

enum class RowState { kApplied, kRunning, kFailed };

struct HistoryRow {
  std::uint64_t version = 0;
  std::string name;
  std::string checksum;                    // of the up file
  std::string down_checksum;               // of the down file; empty: irreversible
  std::optional<std::string> down_script;  // read only where asked for
  RowState state = RowState::kApplied;
  std::size_t statement = 0;  // statements done, of a non-transactional migration
  std::string applied_at;     // "2026-11-22T10:30:00.123456Z"
  std::string applied_by;
  double duration_ms = 0;
  std::string tool_version;
};

struct History {
  bool exists = false;           // the table is there
  bool as_expected = false;      // Database::ReadHistoryUnless: it is, and `rows` were not sent
  std::vector<HistoryRow> rows;  // by version, ascending
};

struct LogRow {
  std::string at;
  std::string action;  // up, down, stamp, repair, adopt
  std::uint64_t version = 0;
  std::string name;
  std::string by;
  double duration_ms = 0;
  std::string outcome;  // ok, failed
  std::string message;
};

// The history table's name as given: [schema.]name, unquoted, taken literally.
struct TableName {
  std::string schema;  // empty: the database's own default
  std::string name;
};

// Errors: kInvalidArgument (empty parts, more than one dot, longer than 58 bytes a part, control
// characters).
absl::StatusOr<TableName> ParseTableName(const std::string& text);

// The newest version whose state is applied; rows by version, ascending.
std::optional<std::uint64_t> CurrentVersion(const History& history);

// Returns kFailedPrecondition where a row was written by a tool of a newer major version than
// `tool_version`, which may keep the history in a way this one does not know.
absl::Status CheckToolVersions(const History& history, const std::string& tool_version);

}  // namespace strata
