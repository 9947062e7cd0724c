// A migration set as a value: what is loaded from a folder, written into a blob by the build, and
// read back from it in an application. Every view points into `storage`.
#pragma once

#include <atomic>
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

// A script that may be absent, with the words of std::optional. One that is in a blob is read from
// there when it is first asked for, by whichever thread: most runs ask for few.
class OptionalScript {
 public:
  OptionalScript() = default;
  OptionalScript(Script script) : word_(Word(new Script(std::move(script)))) {}
  // REQUIRES: the blob has an even address, outlives this, and its script of that number is sound.
  OptionalScript(const char* blob, std::uint32_t number)
      : word_(reinterpret_cast<std::uintptr_t>(blob) | kInBlob), number_(number) {}
  OptionalScript(const OptionalScript& other) : number_(other.number_) {
    const std::uintptr_t word = other.word_.load(std::memory_order_acquire);
    const bool held = word != 0 && (word & kInBlob) == 0;
    word_ = held ? Word(new Script(*reinterpret_cast<const Script*>(word))) : word;
  }
  OptionalScript(OptionalScript&& other) noexcept
      : word_(other.word_.exchange(0)), number_(other.number_) {}
  OptionalScript& operator=(OptionalScript other) noexcept {
    word_ = other.word_.exchange(word_);
    number_ = other.number_;
    return *this;
  }
  ~OptionalScript() {
    const std::uintptr_t word = word_.load(std::memory_order_acquire);
    if ((word & kInBlob) == 0) delete reinterpret_cast<Script*>(word);
  }

  bool has_value() const { return word_.load(std::memory_order_relaxed) != 0; }
  explicit operator bool() const { return has_value(); }
  Script& operator*() { return *Get(); }
  const Script& operator*() const { return *Get(); }
  Script* operator->() { return Get(); }
  const Script* operator->() const { return Get(); }
  Script& emplace() { return *(*this = Script()); }
  void reset() { *this = OptionalScript(); }

 private:
  static constexpr std::uintptr_t kInBlob = 1;

  static std::uintptr_t Word(Script* script) { return reinterpret_cast<std::uintptr_t>(script); }

  Script* Get() const {
    const std::uintptr_t word = word_.load(std::memory_order_acquire);
    return (word & kInBlob) == 0 ? reinterpret_cast<Script*>(word) : Read(word);
  }
  Script* Read(std::uintptr_t word) const;

  // Owns a script, or is the address of a blob with kInBlob; 0: absent.
  mutable std::atomic<std::uintptr_t> word_{0};
  std::uint32_t number_ = 0;  // in the blob
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
