// The grammar of migration file names. Nothing else in Strata knows it.
//
//     <version>_<name>[.sqlite].(up|down|verify).sql
//
// Version: decimal digits, at most 9223372036854775807 (PostgreSQL's bigint). Name: ASCII letters,
// digits, '_', '-', '.', at least one of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strata {

enum class FilePart { kUp, kDown, kVerify };

struct FileName {
  std::uint64_t version = 0;
  std::string_view digits;  // the version as written
  std::string_view name;
  bool sqlite = false;  // the hand-written SQLite variant of a postgres set
  FilePart part = FilePart::kUp;
};

struct FileNameFault {
  std::string message;
  std::string help;
};

// Whether the folder's file is a script at all: it ends in .sql, in any case of letters.
bool IsSqlFile(std::string_view file);

// Reads a file name (no path); the views point into `file`. Where it does not fit, returns nullopt
// and says why in `fault`.
std::optional<FileName> ParseFileName(std::string_view file, FileNameFault* fault);

// Writes one: FormatFileName("0001", "create_users", false, FilePart::kUp) is
// "0001_create_users.up.sql".
std::string FormatFileName(std::string_view digits, std::string_view name, bool sqlite,
                           FilePart part);

}  // namespace strata
