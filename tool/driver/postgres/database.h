// The driver's class; only driver/postgres includes it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "driver/postgres/connection.h"
#include "driver/postgres/message.h"
#include "driver/postgres/wire.h"

namespace pqxx {
class connection_base;
class errorhandler;
}  // namespace pqxx

namespace strata::postgres {

// How the server's own words call the two limits.
constexpr char kLockTimeout[] = "lock timeout";
constexpr char kStatementTimeout[] = "statement timeout";

// Of any of libpqxx' kinds of connections.
using Connection = std::shared_ptr<pqxx::connection_base>;

// What StartConnecting began with this connection string; null: nothing.
Connection TakeStarted(const std::string& complete);

// What the server said of itself, with the history.
struct Facts {
  bool read = false;
  std::string version;  // "PostgreSQL 15.18 (...)"
  bool read_only = false;
  bool standby = false;
  std::string schema;  // of the history, or where it would be made
  bool schema_exists = true;
  bool may_create = true;  // the table, or the schema where that is missing
  bool may_write = true;   // the table that is there
  bool may_log = true;     // its log, where that is there
  std::string owner;
  std::string user;
  std::string database;
  bool pooled = false;       // PgBouncer or the like: the next statement may get another backend
  bool distributed = false;  // has no LOCK TABLE, by its own name: CockroachDB, YugabyteDB
};

class PostgresDatabase final : public Database {
 public:
  // `own`: null where the connection is the caller's.
  PostgresDatabase(pqxx::connection_base& connection, Connection own, std::string url,
                   const ConnectOptions& options);
  ~PostgresDatabase() override;

  Dialect dialect() const override { return Dialect::kPostgres; }
  absl::StatusOr<History> ReadHistory(Detail detail) override;
  absl::StatusOr<History> ReadHistoryUnless(const MigrationSet& set) override;
  absl::StatusOr<std::vector<LogRow>> ReadLog() override;
  absl::Status MayWrite() override;
  RunReport Run(const std::vector<Work>& works, const Observer& observer) override;
  RunReport RunAlone(const Work& work, std::optional<std::size_t> resume,
                     const Observer& observer) override;
  RunReport WriteRows(const std::vector<RowChange>& changes, std::optional<std::uint64_t> newest,
                      const std::string& action) override;
  void LogFailure(const Work& work, const std::string& message) override;
  RunReport RunVerify(const Script& script, std::size_t& queries) override;
  absl::StatusOr<std::string> OtherRunner() override;
  absl::StatusOr<Trace> Inspect(std::string_view statement) override;
  absl::StatusOr<Rows> Query(const std::string& sql) override;
  absl::Status Reconnect(std::chrono::milliseconds wait) override;

 private:
  // Whether the history is that of the whole set; false also where that cannot be told so.
  absl::StatusOr<bool> AgreesWith(const MigrationSet& set);
  // Reading one message's answers (run.cc, stream.cc).
  struct Answers {
    static constexpr std::size_t kNoPlace = static_cast<std::size_t>(-1);

    bool good() const { return report.outcome == Outcome::kDone && verify_failure.empty(); }

    RunReport report;
    std::size_t statements = 0;       // that ended well
    std::size_t position = kNoPlace;  // of the error, in bytes of the message
    double duration = 0;              // of the work under way, milliseconds
    std::string verify_failure;       // the first verify row that was not true
    std::size_t verify_segment = 0;
  };
  Answers RunMessage(const Message& message, const std::vector<Work>& works,
                     const Observer& observer);
  RunReport Explain(const Message& message, const std::vector<Work>& works, const Answers& answers);
  // Takes the answer to the message's next statement.
  static void NoteError(const Reply& reply, Answers& answers);
  void NoteDone(const Reply& reply, const Message& message, const Observer& observer,
                Answers& answers);
  RunReport RunUpTo(const std::vector<Work>& works, std::size_t end, const Observer& observer);
  MessageOptions OptionsForMessages() const;
  // Runs works[cursor.work, end) as a stream.
  RunReport RunStream(const std::vector<Work>& works, std::size_t end,
                      const MessageOptions& options, Cursor& cursor, const Observer& observer);
  // Waits for the answer to the next statement of a message that a stream sent.
  void NoteStreamed(const Message& message, const Observer& observer, Answers& answers);
  bool QueueMessage(const Message& message);  // false: the connection is gone
  bool EndStream();                           // likewise

  // What each of this run's queries begins with: found by others in pg_stat_activity.
  std::string Mark() const { return "/* strata " + run_ + " */ "; }
  // One statement or message; rows of the last result. Errors as a RunReport.
  RunReport Exec(const std::string& sql, Rows* rows = nullptr);
  // The answer to what was sent, likewise.
  RunReport Answer(Rows* rows);
  // Ends the transaction that is open. `failed`: also takes back what that work's scripts may have
  // left although they were rolled back, in the same message: behind a pooler the next one may meet
  // another session.
  void Rollback(const Work* failed = nullptr);
  RunReport Lost(const std::string& why) const;
  absl::Status World(const RunReport& report, const std::string& doing) const;
  // Writing small things (alone.cc).
  RunReport Take(std::optional<std::uint64_t> newest);
  RunReport Commit(const std::string& statements);
  RunReport RunLoneStatement(const Script& script, std::size_t index);
  RunReport StartJournal(const Work& work);
  RunReport ClaimJournal(const Work& work, std::size_t done);
  // The limits of statements outside a transaction, in milliseconds; 0: none.
  struct Limits {
    std::chrono::milliseconds lock{0};
    std::chrono::milliseconds statement{0};
  };
  Limits LimitsAlone(const Script& script) const;
  std::string SettingsAlone(const Script& script) const;
  RunReport& TellLimit(RunReport& report);
  RunReport RunAloneStatements(const Work& work, std::size_t from, const Observer& observer);
  RunReport FinishJournal(const Work& work, double ms);

  void Attach();
  bool Tick(std::chrono::milliseconds waited);
  // Has Tick look for blockers before the shortest lock_timeout of works[0, end) is over.
  void NoteShortestLock(const std::vector<Work>& works, std::size_t end);
  // Whether a statement has come to the end of limits_; overrun_ then says which.
  bool Overruns(std::chrono::milliseconds waited);
  // Asks on a connection of its own who blocks this run; remembers it for the report.
  void LookForBlockers();
  void DecodeFacts(const Reply& reply);
  absl::Status CheckTable(const Reply& facts);

  pqxx::connection_base* connection_;
  Connection own_;
  Connection side_;
  std::unique_ptr<pqxx::errorhandler> notices_;  // stand before the connections end
  std::unique_ptr<pqxx::errorhandler> side_notices_;
  std::unique_ptr<Wire> wire_;
  const std::string url_;  // for a connection of its own; may be empty
  const ConnectOptions options_;
  const std::string run_;  // random, marks this runner's queries
  TableName table_;
  Facts facts_;
  bool table_exists_ = false;
  bool digests_ = true;    // the server has the function that SelectDigest asks for
  bool prepares_ = true;   // false: it failed, or a script removed what the run had prepared
  bool prepared_ = false;  // the record statement stands in the session
  bool locks_ = true;      // false: the server refused LOCK TABLE; the history's key decides alone
  bool watches_ = true;    // false: the server cannot watch for its client to go away
  bool streams_ = true;    // false: a script cannot be cut into its statements
  std::string blockers_;
  std::chrono::milliseconds next_look_{0};
  std::chrono::milliseconds shortest_lock_{0};  // lock_timeout of what runs; 0: none
  Limits limits_;        // kept by this side, where the session takes no settings
  std::string overrun_;  // "lock timeout"; empty: none
};

}  // namespace strata::postgres
