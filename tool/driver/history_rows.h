// History rows as a driver reads them: the query's columns and their decoding, in one place.
#pragma once

#include <cstdlib>
#include <string>

#include "driver/driver.h"
#include "migration/history.h"

namespace strata {

// `detail`'s columns. `at` is the expression for applied_at as UTC text.
inline std::string HistoryColumns(Detail detail, const std::string& at) {
  std::string sql = "version, name, checksum, down_checksum, state, statement, tool_version";
  if (detail != Detail::kPlan) sql += ", " + at + ", applied_by, duration_ms";
  if (detail == Detail::kScripts) sql += ", down_script";
  return sql;
}

// SELECT of them, by version.
inline std::string SelectHistory(const std::string& table, Detail detail, const std::string& at) {
  return "SELECT " + HistoryColumns(detail, at) + " FROM " + table + " ORDER BY version";
}

// `get(i)` is the i-th column of SelectHistory as a C string, or null.
template <typename Get>
HistoryRow DecodeHistoryRow(const Get& get, Detail detail) {
  const auto text = [&get](int i) {
    const char* value = get(i);
    return std::string(value == nullptr ? "" : value);
  };
  HistoryRow row;
  row.version = std::strtoull(text(0).c_str(), nullptr, 10);
  row.name = text(1);
  row.checksum = text(2);
  row.down_checksum = text(3);
  const std::string state = text(4);
  row.state = state == "running"  ? RowState::kRunning
              : state == "failed" ? RowState::kFailed
                                  : RowState::kApplied;
  row.statement = std::strtoull(text(5).c_str(), nullptr, 10);
  row.tool_version = text(6);
  if (detail != Detail::kPlan) {
    row.applied_at = text(7);
    row.applied_by = text(8);
    row.duration_ms = std::strtod(text(9).c_str(), nullptr);
  }
  if (detail == Detail::kScripts && get(10) != nullptr) row.down_script = text(10);
  return row;
}

inline std::string SelectLog(const std::string& table, const std::string& at, const char* order) {
  return "SELECT " + at +
         ", action, version, name, applied_by, duration_ms, outcome, message FROM " + table +
         " ORDER BY " + order;
}

template <typename Get>
LogRow DecodeLogRow(const Get& get) {
  const auto text = [&get](int i) {
    const char* value = get(i);
    return std::string(value == nullptr ? "" : value);
  };
  return {text(0), text(1), std::strtoull(text(2).c_str(), nullptr, 10),
          text(3), text(4), std::strtod(text(5).c_str(), nullptr),
          text(6), text(7)};
}

}  // namespace strata
