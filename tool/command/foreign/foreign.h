// Other tools' migration files, and the history tables they keep. One file a layout; the table of
// tools is in foreign.cc.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace strata {

struct ForeignMigration {
  std::string version;  // as that tool writes it: "20230101120000", "1.2", "2023-01-01-120000"
  std::string name;
  std::string up;
  std::optional<std::string> down;
  std::optional<std::string> verify;
  bool no_transaction = false;
};

struct ForeignSet {
  std::vector<ForeignMigration> migrations;
  std::vector<std::string> notes;  // what was left out, and why
};

struct ForeignTool {
  const char* name;
  const char* layout;  // what its folder looks like, for help
  // Reads the files of a folder. Null: they are programs, there is nothing to convert.
  // Errors: the folder or a file cannot be read; kInvalidArgument for a file that is malformed.
  absl::StatusOr<ForeignSet> (*read)(const std::string& folder);
  // One row a migration that counts as applied: its version and its name (or an empty text), as
  // text. Works on PostgreSQL and SQLite.
  const char* history;
  // The versions that the tool itself calls failed or dirty; null: it keeps no such rows.
  const char* unfinished = nullptr;
  // The one row of `history` names the newest: all older ones are applied, too.
  bool newest_only = false;
};

// By name.
const std::vector<ForeignTool>& ForeignTools();
const ForeignTool* FindForeignTool(std::string_view name);

// The readers.
absl::StatusOr<ForeignSet> ReadPairs(const std::string& folder);     // golang-migrate, sqlx
absl::StatusOr<ForeignSet> ReadSections(const std::string& folder);  // goose, dbmate
absl::StatusOr<ForeignSet> ReadPrefixed(const std::string& folder);  // flyway, refinery
absl::StatusOr<ForeignSet> ReadFolders(const std::string& folder);   // diesel
absl::StatusOr<ForeignSet> ReadSqitch(const std::string& folder);

// Returns the version as Strata's file names have it, so that the order is kept: separators go;
// dotted versions of at most `parts` parts become one number with three digits for each part after
// the first. Returns "" where it is no version.
std::string VersionDigits(std::string_view version, std::size_t parts);

// The number of dotted parts: "1.2.3" has three.
std::size_t VersionParts(std::string_view version);

}  // namespace strata
