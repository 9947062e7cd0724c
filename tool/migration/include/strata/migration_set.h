// A migration set as a value: what is loaded from a folder, written into a blob by the build, and
// read back from it in an application. Every view points into `storage`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

// A script that may be absent, with the words of std::optional. An absent one takes no more than a
// pointer: most migrations lack most of what they could have.
class OptionalScript {
 public:
  OptionalScript() = default;
  OptionalScript(Script script) : script_(std::make_unique<Script>(std::move(script))) {}
  OptionalScript(const OptionalScript& other)
      : script_(other ? std::make_unique<Script>(*other) : nullptr) {}
  OptionalScript(OptionalScript&&) = default;
  OptionalScript& operator=(OptionalScript other) {
    script_ = std::move(other.script_);
    return *this;
  }
  ~OptionalScript() = default;

  bool has_value() const { return script_ != nullptr; }
  explicit operator bool() const { return has_value(); }
  Script& operator*() { return *script_; }
  const Script& operator*() const { return *script_; }
  Script* operator->() { return script_.get(); }
  const Script* operator->() const { return script_.get(); }
  Script& emplace() { return *(script_ = std::make_unique<Script>()); }
  void reset() { script_.reset(); }

 private:
  std::unique_ptr<Script> script_;
};

struct Migration {
  std::uint64_t version = 0;
  std::string_view name;  // "create_users"
  Script up;
  OptionalScript down;    // absent only where `irreversible` says why
  OptionalScript verify;  // rows that are a single boolean must be true after the up
  // What runs instead when a postgres set is applied to SQLite: the hand-written variant
  // (<version>_<name>.sqlite.up.sql) or the translation that the tool made.
  OptionalScript sqlite_up;
  OptionalScript sqlite_down;
  OptionalScript sqlite_verify;
  std::string_view irreversible;  // the reason; empty: reversible
};

struct MigrationSet {
  std::string_view name;
  Dialect dialect = Dialect::kPostgres;
  std::vector<Migration> migrations;    // by version, ascending
  std::shared_ptr<const void> storage;  // owns the bytes; null: static storage
};

}  // namespace strata
