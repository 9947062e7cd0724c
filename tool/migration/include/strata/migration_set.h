// A migration set as a value: what is loaded from a folder, written into a blob by the build, and
// read back from it in an application. Every view points into `storage`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strata {

enum class Dialect { kPostgres, kSqlite };

// One statement of a script: byte offsets into Script::text, half open, without the semicolon and
// without leading blanks and comments.
struct Statement {
  enum Flag : std::uint32_t {
    kOutsideTransaction = 1,  // PostgreSQL refuses it inside a transaction block
    kWrapper = 2,        // BEGIN or COMMIT round the whole file: not sent, the tool has its own
    kCopyFromStdin = 4,  // its data lines are [data_begin, data_end), without the "\." line
  };
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t flags = 0;
  std::uint32_t data_begin = 0;
  std::uint32_t data_end = 0;
};

struct Script {
  std::string_view file;      // "0001_create_users.up.sql"
  std::string_view text;      // the file's bytes without a byte-order mark; CRLF is left as it is
  std::string_view checksum;  // SHA-256, 64 hex digits, of `text` with CRLF read as LF
  std::vector<Statement> statements;
  bool transactional = true;     // false: statement by statement outside a transaction, journalled
  bool byte_order_mark = false;  // the file begins with one: `strata export` writes it back
  std::optional<std::uint32_t> lock_timeout_ms;       // -- strata: lock-timeout
  std::optional<std::uint32_t> statement_timeout_ms;  // -- strata: statement-timeout
};

struct Migration {
  std::uint64_t version = 0;
  std::string_view name;  // "create_users"
  Script up;
  std::optional<Script> down;    // absent only where `irreversible` says why
  std::optional<Script> verify;  // rows that are a single boolean must be true after the up
  // What runs instead when a postgres set is applied to SQLite: the hand-written variant
  // (<version>_<name>.sqlite.up.sql) or the translation that the tool made.
  std::optional<Script> sqlite_up;
  std::optional<Script> sqlite_down;
  std::optional<Script> sqlite_verify;
  std::string_view irreversible;  // the reason; empty: reversible
};

struct MigrationSet {
  std::string_view name;
  Dialect dialect = Dialect::kPostgres;
  std::vector<Migration> migrations;    // by version, ascending
  std::shared_ptr<const void> storage;  // owns the bytes; null: static storage
};

}  // namespace strata
