// One database as the engine sees it. A database is a folder beside this file.
//
// To add one: write driver/<name>/ with a class derived from Database and a function that opens it,
// add its URL forms to driver/url.cc and its line to driver/open.cc, its history statements to
// migration/history_sql.cc, and instantiate tests/driver/conformance for it. The suite is the
// definition: what passes it is a driver.
//
// A driver knows how to run and to record; it decides nothing. Which migrations run, in which
// order, what is refused, how often a miss is tried again: all that is the engine's
// (migrate/engine.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "migration/history.h"
#include "migration/history_sql.h"
#include "strata/migration_set.h"

namespace strata {

struct ConnectOptions {
  TableName table;
  std::chrono::milliseconds lock_timeout{5000};  // one wait for one lock; 0: for ever
  std::chrono::milliseconds statement_timeout{0};
  std::function<bool()> cancelled;                          // may be empty
  std::function<void(const std::string& message)> notice;   // the server's notices; may be empty
  std::function<void(const std::string& message)> waiting;  // "waiting for ..., held by ..."
};

// One migration as a driver runs it: in its own transaction together with its history and log row.
struct Work {
  std::uint64_t version = 0;
  std::string name;
  std::string label;
  bool down = false;
  const Script* script = nullptr;
  const Script* verify = nullptr;  // up only; null: none
  // Up only: what the history row records; texts of the set.
  std::string_view checksum;
  std::string_view down_checksum;
  std::string_view down_script;
  // The newest version that the history must have at this point (nullopt: none). Anything else
  // means that another runner was here: Outcome::kOvertaken.
  std::optional<std::uint64_t> newest;
};

enum class Outcome {
  kDone,
  kFailed,      // a statement failed; what was not committed is rolled back
  kLockMissed,  // a lock of a table (SQLite: of the file) was not obtained in time; rolled back
  kBusy,        // another runner holds the history
  kOvertaken,   // the history is not what the work expects; rolled back
  kLost,        // the connection broke; what is committed is not known
  kCancelled,
};

// What became of a run.
struct RunReport {
  Outcome outcome = Outcome::kDone;
  std::size_t done = 0;  // works committed (kLost: at least so many)
  // For kFailed and kLockMissed: the place, in the script of works[done].
  const Script* script = nullptr;  // null: not in a script (BEGIN, COMMIT, the history)
  std::size_t statement = 0;       // index into script->statements
  std::size_t begin = 0;           // bytes of script->text
  std::size_t end = 0;
  std::string message;  // the database's words
  std::string detail;
  std::string hint;
  std::string sqlstate;
  std::string holders;  // who held the lock, a phrase; empty: not known
};

struct Observer {
  // works[index] is committed, after `ms` milliseconds.
  std::function<void(std::size_t index, double ms)> done;
  // A non-transactional work: `count` statements of it are done and journalled.
  std::function<void(std::size_t count)> statement;
};

struct RowChange {
  ChangeKind kind = ChangeKind::kAdd;
  Work work;            // only kAdd needs more than version and name
  std::string message;  // of the log row
};

using Row = std::vector<std::optional<std::string>>;
struct Rows {
  std::vector<std::string> columns;
  std::vector<bool> boolean;  // by column: its type is boolean
  std::vector<Row> rows;
};

// What is there of one statement's effect. See RepairReport.
struct Trace {
  enum class Kind { kNotRun, kDone, kInvalidIndex, kUnknown } kind = Kind::kUnknown;
  std::string object;
  std::string drop;  // kInvalidIndex: the statement that removes it
};

enum class Detail {
  kPlan,     // what a plan needs: version, name, checksums, state, tool version
  kFull,     // every column but the down scripts
  kScripts,  // down scripts as well
};

class Database {
 public:
  virtual ~Database() = default;

  virtual Dialect dialect() const = 0;

  // Reads the history in one round trip and writes nothing. No table: History::exists is false.
  // Errors: kUnavailable, kPermissionDenied, kFailedPrecondition (the table is not Strata's, or of
  // a newer format).
  virtual absl::StatusOr<History> ReadHistory(Detail detail) = 0;
  // As ReadHistory(kPlan). Where the history is that all of `set` is applied as it stands there,
  // and nothing else, its rows need not travel: History::as_expected then stands for them, and
  // nothing else was asked of the server (the table's format, what MayWrite judges).
  virtual absl::StatusOr<History> ReadHistoryUnless(const MigrationSet& set) {
    static_cast<void>(set);
    return ReadHistory(Detail::kPlan);
  }
  virtual absl::StatusOr<std::vector<LogRow>> ReadLog() = 0;

  // Whether a run may write, judged from what the last ReadHistory brought: kFailedPrecondition
  // (read-only), kPermissionDenied (may not create or write the history). Sends nothing.
  virtual absl::Status MayWrite() = 0;

  // Runs transactional works in order and stops at the first that is not committed.
  virtual RunReport Run(const std::vector<Work>& works, const Observer& observer) = 0;

  // Runs one work outside a transaction, statement by statement, journalled in the history row.
  // `resume`: goes on with a journal, behind so many statements; else starts one.
  virtual RunReport RunAlone(const Work& work, std::optional<std::size_t> resume,
                             const Observer& observer) = 0;

  // Changes history rows in one transaction, each with a log row of that action.
  virtual RunReport WriteRows(const std::vector<RowChange>& changes,
                              std::optional<std::uint64_t> newest, const std::string& action) = 0;

  // Adds a log row "failed"; best effort, since the run's own error matters more.
  virtual void LogFailure(const Work& work, const std::string& message) = 0;

  // Runs a verify script read-only and rolls back. kFailed: as Run; counts its queries in
  // `queries`.
  virtual RunReport RunVerify(const Script& script, std::size_t& queries) = 0;

  // Whether a runner is at work now (its journal or lock is held), in words; empty: none.
  virtual absl::StatusOr<std::string> OtherRunner() = 0;

  // What is there of the statement's effect.
  virtual absl::StatusOr<Trace> Inspect(std::string_view statement) = 0;

  // One statement outside a transaction, rows as text.
  virtual absl::StatusOr<Rows> Query(const std::string& sql) = 0;

  // After kLost: connects anew, and waits until what the lost connection had sent has come to its
  // end on the server, so that ReadHistory then tells the outcome. kUnavailable: could not.
  virtual absl::Status Reconnect(std::chrono::milliseconds wait) = 0;
};

// Opens by URL (driver/url.h), trying for `wait` while the server does not answer.
absl::StatusOr<std::unique_ptr<Database>> OpenDatabase(const std::string& url,
                                                       const ConnectOptions& options,
                                                       std::chrono::milliseconds wait);

}  // namespace strata
