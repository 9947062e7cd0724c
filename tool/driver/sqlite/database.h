// The driver's class; only driver/sqlite includes it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "driver/sqlite/statement.h"
#include "migration/history_sql.h"

namespace strata::sqlite {

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(sqlite3* db, bool owned, std::string place, const ConnectOptions& options);
  ~SqliteDatabase() override;
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  Dialect dialect() const override { return Dialect::kSqlite; }
  absl::StatusOr<History> ReadHistory(Detail detail) override;
  absl::StatusOr<std::vector<LogRow>> ReadLog() override;
  absl::Status MayWrite() override;
  RunReport Run(const std::vector<Work>& works, const Observer& observer) override;
  RunReport RunAlone(const Work& work, std::optional<std::size_t> resume,
                     const Observer& observer) override;
  RunReport WriteRows(const std::vector<RowChange>& changes, std::optional<std::uint64_t> newest,
                      const std::string& action) override;
  void LogFailure(const Work& work, const std::string& message) override;
  RunReport RunVerify(const Script& script, std::size_t& queries) override;
  absl::StatusOr<std::string> OtherRunner() override { return std::string(); }
  absl::StatusOr<Trace> Inspect(std::string_view statement) override;
  absl::StatusOr<Rows> Query(const std::string& sql) override;
  absl::Status Reconnect(std::chrono::milliseconds) override { return absl::OkStatus(); }

 private:
  struct Group {
    std::size_t ran = 0;  // works whose statements and rows are in the open transaction
    RunReport report;     // of the first that did not
  };

  absl::Status OpenForWriting();
  absl::Status Read(const std::string& sql, Rows& rows);
  absl::StatusOr<bool> HistoryExists();
  // Opens the group's transaction and compares the newest version. ok(), kLockMissed, kOvertaken.
  RunReport Begin(std::optional<std::uint64_t> newest);
  // Runs works from `first` until one fails, `limit` works ran or the time is up.
  Group RunGroup(const std::vector<Work>& works, std::size_t first, std::size_t limit,
                 std::vector<double>& durations);
  RunReport RunOne(const Work& work, double& ms);
  RunReport RunStatements(const Script& script, std::size_t from, bool in_transaction,
                          const std::function<RunReport(std::size_t)>& after);
  RunReport CheckedCommit();
  RunReport RunVerifyQueries(const Script& script, std::size_t& queries);
  std::set<std::string> ForeignKeyViolations();
  RunReport Exec(const std::string& sql);
  RunReport ExecAll(const std::vector<std::string>& statements);
  RunReport FromFault(const Fault& fault) const;
  RecordedRow RowOf(const Work& work, double ms) const;

  sqlite3* db_;  // null: the file does not exist yet
  const bool owned_;
  const std::string place_;
  const ConnectOptions options_;
  TableName table_;
  const std::string by_;
  std::optional<std::set<std::string>> known_violations_;
};

}  // namespace strata::sqlite
