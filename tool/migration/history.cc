#include "migration/history.h"

#include <cstdlib>

#include "absl/strings/str_cat.h"

namespace strata {
namespace {

// PostgreSQL's names end after 63 bytes; five are kept for "_log" and an index' suffix.
constexpr std::size_t kLongestPart = 58;

absl::Status CheckPart(const std::string& part, const std::string& text) {
  if (part.empty()) {
    return absl::InvalidArgumentError(
        absl::StrCat("history table \"", text, "\": write it as name or schema.name"));
  }
  if (part.size() > kLongestPart) {
    return absl::InvalidArgumentError(
        absl::StrCat("history table \"", text, "\": a name has at most ", kLongestPart, " bytes"));
  }
  for (unsigned char c : part) {
    if (c < 0x20 || c == 0x7f) {
      return absl::InvalidArgumentError("the history table's name has a control character");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<TableName> ParseTableName(const std::string& text) {
  TableName table;
  std::size_t dot = text.find('.');
  if (dot == std::string::npos) {
    table.name = text;
  } else {
    table.schema = text.substr(0, dot);
    table.name = text.substr(dot + 1);
    RETURN_IF_ERROR(CheckPart(table.schema, text));
  }
  RETURN_IF_ERROR(CheckPart(table.name, text));
  if (table.name.find('.') != std::string::npos) {
    return absl::InvalidArgumentError(
        absl::StrCat("history table \"", text, "\": write it as name or schema.name"));
  }
  return table;
}

std::optional<std::uint64_t> CurrentVersion(const History& history) {
  for (auto row = history.rows.rbegin(); row != history.rows.rend(); ++row) {
    if (row->state == RowState::kApplied) return row->version;
  }
  return std::nullopt;
}

absl::Status CheckToolVersions(const History& history, const std::string& tool_version) {
  const long own = std::strtol(tool_version.c_str(), nullptr, 10);
  for (const HistoryRow& row : history.rows) {
    if (std::strtol(row.tool_version.c_str(), nullptr, 10) <= own) continue;
    return absl::FailedPreconditionError(absl::StrCat(
        "the history was written by Strata ", row.tool_version, ", which is newer than this ",
        tool_version, ": use that version or a newer one"));
  }
  return absl::OkStatus();
}

}  // namespace strata
