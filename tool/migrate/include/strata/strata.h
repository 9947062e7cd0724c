// Strata's public API: apply, roll back and inspect a migration set on a database.
//
//   absl::StatusOr<strata::MigrateResult> r =
//       strata::Migrate(shop::migrations(), "postgresql://localhost/shop", {});
//   if (!r.ok()) return strata::ExitCode(r.status());
//
// A database is named by URL (postgresql://..., postgres://..., libpq key=value strings,
// sqlite:relative.db, sqlite:///absolute.db, sqlite::memory:), or is a connection that the caller
// has open: an sqlite3* outside a transaction, or a pqxx::connection& without a transaction. An
// open connection stays open; its session settings may have been reset to the defaults of the
// session.
//
// Status codes, the same for every function (ExitCode maps them to the tool's exit codes):
//   kInvalidArgument    the call is wrong: a version that is not in the set, a malformed URL  (2)
//   kUnimplemented      this build has no driver for that database                            (2)
//   kFailedPrecondition refused, nothing touched: history and files disagree, dirty, ...      (3)
//   kPermissionDenied   refused, nothing touched: a right is missing                          (3)
//   kOutOfRange         refused: the database is newer than this set (older binary); Rollback
//                       still works, from the down scripts that the history keeps             (3)
//   kAborted            a migration failed; FailureOf says where, the message what remains    (4)
//   kCancelled          MigrateOptions::cancelled said so; what was applied stays applied     (4)
//   kUnavailable        the database cannot be reached, or was lost                           (5)
//   kDeadlineExceeded   a lock was not obtained in time; nothing half done                    (5)
//
// No message, event or report ever holds a password.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "strata/migration_set.h"

struct sqlite3;

// pqxx::connection, declared without its headers: a class in libpqxx 7, an alias in 6.
namespace pqxx {
#if __has_include(<pqxx/basic_connection.hxx>)
template <typename Policy>
class basic_connection_base;
class connect_direct;
using connection = basic_connection_base<connect_direct>;
#else
class connection;
#endif
}  // namespace pqxx

namespace strata {

// What happens while a call runs, in order.
struct Event {
  enum class Kind {
    kApplied,     // committed: `version` went up, in `duration_ms`
    kRolledBack,  // committed: `version` went down
    kStatement,   // one statement of a non-transactional migration is done: `position` of `total`
    kWaiting,     // another runner is at work; `message` says who, since when
    kRetry,       // a table lock was not obtained; `message` names who holds it; tried again
    kNotice,      // the server's own NOTICE or WARNING
  };
  Kind kind = Kind::kNotice;
  bool down = false;
  std::uint64_t version = 0;
  std::string name;
  std::size_t position = 0;  // from 1, in this run
  std::size_t total = 0;
  double duration_ms = 0;
  std::string message;
};

// Which of the two scripts `Rollback` runs where the down file was edited after the up was applied.
enum class DownSource { kRefuse, kFile, kRecorded };

struct MigrateOptions {
  // Where to stop: Migrate applies up to and with `target`, Rollback leaves `target` applied.
  std::optional<std::uint64_t> target;
  std::optional<std::size_t> steps;  // at most so many migrations; Rollback's default is 1
  bool all = false;                  // Rollback: everything
  bool allow_out_of_order = false;   // Migrate: pending versions below the newest applied
  bool dry_run = false;              // plan and refuse as usual, write nothing
  DownSource use = DownSource::kRefuse;

  std::string history_table = "strata_history";  // [schema.]name
  // One wait for one table lock; a file's own directive wins. 0: for ever.
  std::chrono::milliseconds lock_timeout{5000};
  std::chrono::milliseconds statement_timeout{0};  // 0: the server's own
  // All waits of one migration for table locks, retries included. Default: 6 x lock_timeout.
  std::optional<std::chrono::milliseconds> lock_budget;
  // The wait for another runner to finish. Default: 60 x lock_timeout.
  std::optional<std::chrono::milliseconds> runner_wait;
  // How long to keep trying to connect while the server does not answer.
  std::chrono::milliseconds connect_wait{0};

  std::function<void(const Event&)> progress;
  std::function<bool()> cancelled;  // asked between migrations and while waiting
  // For a set whose scripts were loaded without their statements: called with the versions whose
  // scripts are looked into next, to fill them in. An error ends the call before it writes.
  std::function<absl::Status(const std::vector<std::uint64_t>& versions)> prepare;
};

struct Change {
  std::uint64_t version = 0;
  std::string name;
  bool down = false;
  double duration_ms = 0;
};

struct MigrateResult {
  std::vector<Change> changes;           // in the order done (dry run: that would be done)
  std::optional<std::uint64_t> current;  // the newest applied version afterwards
  std::size_t pending = 0;               // of the set, afterwards
  std::vector<std::string> notes;        // sentences worth showing; none of them a failure
};

absl::StatusOr<MigrateResult> Migrate(const MigrationSet& set, const std::string& url,
                                      const MigrateOptions& options = {});
absl::StatusOr<MigrateResult> Migrate(const MigrationSet& set, sqlite3* database,
                                      const MigrateOptions& options = {});
absl::StatusOr<MigrateResult> Migrate(const MigrationSet& set, pqxx::connection& connection,
                                      const MigrateOptions& options = {});

absl::StatusOr<MigrateResult> Rollback(const MigrationSet& set, const std::string& url,
                                       const MigrateOptions& options = {});
absl::StatusOr<MigrateResult> Rollback(const MigrationSet& set, sqlite3* database,
                                       const MigrateOptions& options = {});
absl::StatusOr<MigrateResult> Rollback(const MigrationSet& set, pqxx::connection& connection,
                                       const MigrateOptions& options = {});

// Up or down, whichever leaves `version` as the newest applied.
absl::StatusOr<MigrateResult> MigrateTo(const MigrationSet& set, const std::string& url,
                                        std::uint64_t version, const MigrateOptions& options = {});

// Down by options.steps (default 1), then up again through the same versions.
absl::StatusOr<MigrateResult> Redo(const MigrationSet& set, const std::string& url,
                                   const MigrateOptions& options = {});

enum class AppliedState {
  kApplied,
  kModified,  // the up file was edited since
  kMissing,   // the set has no such version
  kDirty,     // a non-transactional migration that was cut short
};

struct AppliedMigration {
  std::uint64_t version = 0;
  std::string name;
  std::string checksum;    // recorded, of the up script
  std::string applied_at;  // ISO 8601, UTC, "2026-11-22T10:30:00.123456Z"
  std::string applied_by;
  double duration_ms = 0;
  AppliedState state = AppliedState::kApplied;
  bool running = false;        // dirty: its runner is still at work, or was killed; else it failed
  std::size_t statement = 0;   // dirty: statements done
  std::size_t statements = 0;  // dirty: of so many; 0: unknown, the set does not have it
  bool down_modified = false;  // the down file was edited since
  std::string tool_version;
};

struct PendingMigration {
  std::uint64_t version = 0;
  std::string name;
  bool out_of_order = false;  // below the newest applied
};

struct StatusReport {
  std::string url;                       // redacted
  std::optional<std::uint64_t> current;  // the newest applied version
  std::vector<AppliedMigration> applied;
  std::vector<PendingMigration> pending;
  bool older_set = false;         // the database has versions above every version of the set
  std::size_t replaced = 0;       // rows of the history that the set's baseline stands for
  std::string baseline_conflict;  // why they are not what the baseline replaces; else empty
};

// Writes nothing.
absl::StatusOr<StatusReport> Status(const MigrationSet& set, const std::string& url,
                                    const MigrateOptions& options = {});
absl::StatusOr<StatusReport> Status(const MigrationSet& set, sqlite3* database,
                                    const MigrateOptions& options = {});
absl::StatusOr<StatusReport> Status(const MigrationSet& set, pqxx::connection& connection,
                                    const MigrateOptions& options = {});

// What Migrate would apply; its refusals are Pending's too.
absl::StatusOr<std::vector<PendingMigration>> Pending(const MigrationSet& set,
                                                      const std::string& url,
                                                      const MigrateOptions& options = {});
absl::StatusOr<std::vector<PendingMigration>> Pending(const MigrationSet& set, sqlite3* database,
                                                      const MigrateOptions& options = {});
absl::StatusOr<std::vector<PendingMigration>> Pending(const MigrationSet& set,
                                                      pqxx::connection& connection,
                                                      const MigrateOptions& options = {});

// One line of the log table.
struct LogEntry {
  std::string at;      // as AppliedMigration::applied_at
  std::string action;  // up, down, stamp, repair, adopt
  std::uint64_t version = 0;
  std::string name;
  std::string by;
  double duration_ms = 0;
  std::string outcome;  // ok, failed
  std::string message;
};

// The log, oldest first. Writes nothing; no table: no entries.
absl::StatusOr<std::vector<LogEntry>> ReadLog(const std::string& url,
                                              const MigrateOptions& options = {});

struct VerifyFinding {
  enum class Kind { kModified, kDownModified, kVerifyModified, kMissing, kDirty, kVerifyFailed };
  Kind kind = Kind::kModified;
  std::uint64_t version = 0;
  std::string name;
  std::string file;       // the script concerned, or empty
  std::size_t begin = 0;  // bytes of the script's text, where a statement is to blame
  std::size_t end = 0;
  std::string message;  // one sentence
};

struct VerifyReport {
  std::vector<VerifyFinding> findings;  // by version
  std::size_t applied = 0;              // migrations compared
  std::size_t queries = 0;              // verify queries run
};

// Compares checksums and runs the verify scripts of applied migrations, in a read-only transaction
// that is rolled back. Whether the schema itself has drifted is the tool's question, not asked
// here.
absl::StatusOr<VerifyReport> Verify(const MigrationSet& set, const std::string& url,
                                    const MigrateOptions& options = {});
absl::StatusOr<VerifyReport> Verify(const MigrationSet& set, sqlite3* database,
                                    const MigrateOptions& options = {});
absl::StatusOr<VerifyReport> Verify(const MigrationSet& set, pqxx::connection& connection,
                                    const MigrateOptions& options = {});

// Makes the history say that exactly the versions up to `version` are applied (nullopt: none), and
// runs nothing. Result: what was added (down = false) and removed (down = true).
absl::StatusOr<MigrateResult> Stamp(const MigrationSet& set, const std::string& url,
                                    std::optional<std::uint64_t> version,
                                    const MigrateOptions& options = {});

// Adds `versions`, each of the set, to a history that is still empty, logged as "adopt".
absl::StatusOr<MigrateResult> Adopt(const MigrationSet& set, const std::string& url,
                                    const std::vector<std::uint64_t>& versions,
                                    const MigrateOptions& options = {});

// What a non-transactional migration left behind.
struct RepairReport {
  bool dirty = false;  // false: nothing to repair, and the rest is empty
  std::uint64_t version = 0;
  std::string name;
  bool failed = false;         // it failed; else its runner was killed or cut off
  bool running = false;        // its runner is still at work: only waiting helps
  std::size_t statement = 0;   // statements done
  std::size_t statements = 0;  // of so many
  struct Found {
    enum class Kind {
      kNotRun,        // the statement left no trace: it can run
      kDone,          // its effect is there: it can be marked done
      kInvalidIndex,  // an INVALID index: it has to be dropped, then the statement can run
      kUnknown,       // cannot be told from the server; a person has to look
    };
    Kind kind = Kind::kUnknown;
    std::size_t statement = 0;  // from 1
    std::string sql;            // its first line, cut at 80 characters
    std::string object;         // "index public.users_email"
    std::string message;        // one sentence
  };
  std::vector<Found> found;  // for the statements not recorded as done, and for invalid indexes
  std::string message;       // a summary in one or two sentences, with the choices
};

enum class RepairChoice {
  kInspect,         // only look; writes nothing
  kResume,          // drop what is invalid, skip what is done, run the rest
  kMarkApplied,     // the history says applied; nothing runs
  kMarkRolledBack,  // the history forgets it; nothing runs
  kUndo,            // run its down script, then forget it
};

// Acts on the one dirty migration. Returns what was found before it acted.
absl::StatusOr<RepairReport> Repair(const MigrationSet& set, const std::string& url,
                                    RepairChoice choice, const MigrateOptions& options = {});

// Where and how a migration failed, for status code kAborted.
struct Failure {
  std::uint64_t version = 0;
  std::string name;
  bool down = false;
  std::string file;       // "0004_drop_email.up.sql"; "recorded down script" where that ran
  std::size_t begin = 0;  // bytes of the script's text that are to blame, half open
  std::size_t end = 0;
  int line = 0;  // of `begin`, in characters from 1; 0: the failure has no place
  int column = 0;
  std::size_t statement = 0;  // from 1; 0: none
  std::string message;        // the server's own words, without the place
  std::string detail;
  std::string hint;
  std::string sqlstate;             // PostgreSQL's five characters; empty on SQLite
  std::vector<std::uint64_t> done;  // versions that this run had committed before
  bool dirty = false;  // not rolled back: a non-transactional migration stopped half way
};

// The failure that `status` carries, where it is one.
std::optional<Failure> FailureOf(const absl::Status& status);

// The tool's exit code for `status`: 0, 2, 3, 4 or 5 (see the top of this file).
int ExitCode(const absl::Status& status);

// Waits until the database answers, at most `wait`. Writes nothing.
absl::Status WaitUntilReachable(const std::string& url, std::chrono::milliseconds wait,
                                const std::function<bool()>& cancelled = nullptr);

// `url` as it may be shown: without the password, whatever its form.
std::string RedactUrl(const std::string& url);

// "0.1.0": what is recorded as tool_version.
const char* Version();

}  // namespace strata
