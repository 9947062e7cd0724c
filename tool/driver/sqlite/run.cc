#include <algorithm>

#include "absl/strings/str_cat.h"
#include "driver/sqlite/database.h"

namespace strata::sqlite {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kGroupTime{250};

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Switches a pragma off and puts it back.
class ForeignKeysOff {
 public:
  explicit ForeignKeysOff(sqlite3* db) : db_(db) {
    sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_FKEY, -1, &was_);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
  }
  ~ForeignKeysOff() { sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_FKEY, was_, nullptr); }
  ForeignKeysOff(const ForeignKeysOff&) = delete;
  ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;

 private:
  sqlite3* db_;
  int was_ = 0;
};

// A verify row fails where it is a single false or NULL. SQLite has no booleans: 0 is false.
std::string VerifyRow(sqlite3_stmt* statement) {
  if (sqlite3_column_count(statement) != 1) return "";
  const int type = sqlite3_column_type(statement, 0);
  if (type == SQLITE_NULL) return "the verify query returned NULL";
  if (type == SQLITE_INTEGER && sqlite3_column_int64(statement, 0) == 0) {
    return "the verify query returned false";
  }
  return "";
}

bool Is(const RunReport& report, Outcome outcome) { return report.outcome == outcome; }

}  // namespace

RunReport SqliteDatabase::FromFault(const Fault& fault) const {
  RunReport report;
  if (fault.ok()) return report;
  report.message = fault.message;
  report.outcome = fault.busy() ? Outcome::kLockMissed : Outcome::kFailed;
  if ((fault.code & 0xff) == SQLITE_INTERRUPT) report.outcome = Outcome::kCancelled;
  if (fault.busy()) report.holders = "another process that holds the SQLite file";
  return report;
}

RunReport SqliteDatabase::Exec(const std::string& sql) { return FromFault(sqlite::Run(db_, sql)); }

RunReport SqliteDatabase::ExecAll(const std::vector<std::string>& statements) {
  for (const std::string& sql : statements) {
    RunReport report = Exec(sql);
    if (!Is(report, Outcome::kDone)) return report;
  }
  return {};
}

RunReport SqliteDatabase::Begin(std::optional<std::uint64_t> newest) {
  RunReport report = Exec("BEGIN IMMEDIATE");
  if (!Is(report, Outcome::kDone)) return report;
  report = ExecAll(CreateHistory(table_, Dialect::kSqlite, true));
  Rows rows;
  if (Is(report, Outcome::kDone)) {
    report =
        FromFault(Select(db_, absl::StrCat("SELECT max(version) FROM ", Qualified(table_)), rows));
  }
  if (Is(report, Outcome::kDone)) {
    const std::optional<std::string>& found = rows.rows[0][0];
    if (found.value_or("") != (newest ? absl::StrCat(*newest) : "")) {
      report.outcome = Outcome::kOvertaken;
    }
  }
  if (!Is(report, Outcome::kDone)) sqlite::Run(db_, "ROLLBACK");
  return report;
}

RunReport SqliteDatabase::RunStatements(const Script& script, std::size_t from, bool in_transaction,
                                        const std::function<RunReport(std::size_t)>& after) {
  std::size_t sent = 0;
  for (std::size_t i = 0; i < script.statements.size(); ++i) {
    const Statement& statement = script.statements[i];
    if ((statement.flags & Statement::kWrapper) != 0) continue;
    if (++sent <= from) continue;
    Fault fault =
        sqlite::Run(db_, script.text.substr(statement.begin, statement.end - statement.begin));
    const bool ended = in_transaction && sqlite3_get_autocommit(db_) != 0;
    if (fault.ok() && ended) {
      fault = {SQLITE_ERROR, "the statement ended the transaction that Strata had opened", -1};
    }
    RunReport report = FromFault(fault);
    if (Is(report, Outcome::kDone) && after) report = after(sent);
    if (Is(report, Outcome::kDone)) continue;
    report.script = &script;
    report.statement = i;
    report.begin = statement.begin + static_cast<std::size_t>(std::max(fault.offset, 0));
    report.end = statement.end;
    return report;
  }
  return {};
}

RunReport SqliteDatabase::RunVerifyQueries(const Script& script, std::size_t& queries) {
  for (std::size_t i = 0; i < script.statements.size(); ++i) {
    const Statement& statement = script.statements[i];
    if ((statement.flags & Statement::kWrapper) != 0) continue;
    ++queries;
    Fault fault = sqlite::Run(
        db_, script.text.substr(statement.begin, statement.end - statement.begin), VerifyRow);
    if (fault.ok()) continue;
    RunReport report = FromFault(fault);
    report.script = &script;
    report.statement = i;
    report.begin = statement.begin + static_cast<std::size_t>(std::max(fault.offset, 0));
    report.end = statement.end;
    return report;
  }
  return {};
}

RunReport SqliteDatabase::RunOne(const Work& work, double& ms) {
  const Clock::time_point start = Clock::now();
  RunReport report = RunStatements(*work.script, 0, true, nullptr);
  std::size_t queries = 0;
  if (Is(report, Outcome::kDone) && work.verify != nullptr) {
    report = RunVerifyQueries(*work.verify, queries);
  }
  if (!Is(report, Outcome::kDone)) return report;
  ms = MillisecondsSince(start);
  const RecordedRow row = RowOf(work, ms);
  return ExecAll(work.down ? RecordDownSqlite(table_, row) : RecordUpSqlite(table_, row));
}

std::set<std::string> SqliteDatabase::ForeignKeyViolations() {
  Rows rows;
  std::set<std::string> found;
  Select(db_, "PRAGMA foreign_key_check", rows);
  for (const Row& row : rows.rows) {
    found.insert(absl::StrCat("table \"", row[0].value_or(""), "\", row ", row[1].value_or("?"),
                              ", refers to a missing row of \"", row[2].value_or(""), "\""));
  }
  return found;
}

// Commits unless a foreign key is violated that was sound before.
RunReport SqliteDatabase::CheckedCommit() {
  RunReport report;
  for (const std::string& violation : ForeignKeyViolations()) {
    if (known_violations_ && known_violations_->count(violation) > 0) continue;
    report.outcome = Outcome::kFailed;
    report.message = absl::StrCat("a foreign key is violated: ", violation);
    break;
  }
  if (Is(report, Outcome::kDone)) report = Exec("COMMIT");
  if (!Is(report, Outcome::kDone)) sqlite::Run(db_, "ROLLBACK");
  return report;
}

SqliteDatabase::Group SqliteDatabase::RunGroup(const std::vector<Work>& works, std::size_t first,
                                               std::size_t limit, std::vector<double>& durations) {
  Group group;
  group.report = Begin(works[first].newest);
  if (!Is(group.report, Outcome::kDone)) return group;
  const Clock::time_point start = Clock::now();
  while (group.ran < limit && first + group.ran < works.size()) {
    if (options_.cancelled && options_.cancelled()) {
      group.report.outcome = Outcome::kCancelled;
      break;
    }
    double ms = 0;
    group.report = Exec("SAVEPOINT strata");
    if (Is(group.report, Outcome::kDone)) group.report = RunOne(works[first + group.ran], ms);
    if (!Is(group.report, Outcome::kDone)) {
      if (sqlite3_get_autocommit(db_) != 0) return group;  // the whole group is rolled back
      sqlite::Run(db_, "ROLLBACK TO strata");
      break;
    }
    group.report = Exec("RELEASE strata");
    durations.push_back(ms);
    ++group.ran;
    if (Clock::now() - start > kGroupTime) break;
  }
  return group;
}

RunReport SqliteDatabase::Run(const std::vector<Work>& works, const Observer& observer) {
  absl::Status open = OpenForWriting();
  RunReport report;
  if (!open.ok()) {
    report.outcome = Outcome::kLost;
    report.message = std::string(open.message());
    return report;
  }
  ForeignKeysOff off(db_);
  std::size_t done = 0;
  std::size_t limit = works.size();
  bool one_by_one = false;
  while (done < works.size()) {
    std::vector<double> durations;
    Group group = RunGroup(works, done, limit, durations);
    const bool rolled_back = sqlite3_get_autocommit(db_) != 0;
    RunReport commit;
    if (!rolled_back) commit = CheckedCommit();
    if (!rolled_back && Is(commit, Outcome::kDone)) {
      for (std::size_t i = 0; i < group.ran; ++i) observer.done(done + i, durations[i]);
      done += group.ran;
    } else if (!one_by_one && (group.ran > 0 || Is(commit, Outcome::kFailed))) {
      // Which one it was shows when they run one by one, against what was violated before.
      one_by_one = true;
      limit = 1;
      known_violations_ = ForeignKeyViolations();
      continue;
    } else if (!Is(commit, Outcome::kDone)) {
      group.report = commit;
    }
    if (!Is(group.report, Outcome::kDone)) {
      group.report.done = done;
      return group.report;
    }
  }
  report.done = done;
  return report;
}

RunReport SqliteDatabase::RunAlone(const Work& work, std::optional<std::size_t> resume,
                                   const Observer& observer) {
  RunReport report;
  absl::Status open = OpenForWriting();
  if (!open.ok()) {
    report.outcome = Outcome::kLost;
    report.message = std::string(open.message());
    return report;
  }
  const Clock::time_point start = Clock::now();
  report = Begin(work.newest);
  if (!Is(report, Outcome::kDone)) return report;
  report = Exec(resume      ? JournalStatement(table_, work.version, *resume)
                : work.down ? JournalDown(table_, work.version)
                            : InsertRow(table_, RowOf(work, 0), "running", Dialect::kSqlite));
  if (Is(report, Outcome::kDone)) report = Exec("COMMIT");
  if (!Is(report, Outcome::kDone)) {
    sqlite::Run(db_, "ROLLBACK");
    return report;
  }
  ForeignKeysOff off(db_);
  report = RunStatements(*work.script, resume.value_or(0), false, [&](std::size_t count) {
    RunReport journal = Exec(JournalStatement(table_, work.version, count));
    if (Is(journal, Outcome::kDone) && observer.statement) observer.statement(count);
    return journal;
  });
  std::size_t queries = 0;
  if (Is(report, Outcome::kDone) && work.verify != nullptr) {
    report = RunVerifyQueries(*work.verify, queries);
  }
  if (!Is(report, Outcome::kDone)) {
    if (sqlite3_get_autocommit(db_) == 0) sqlite::Run(db_, "ROLLBACK");
    Exec(SetState(table_, work.version, "failed"));
    return report;
  }
  const double ms = MillisecondsSince(start);
  std::vector<std::string> last = {"BEGIN IMMEDIATE"};
  for (std::string& sql : RecordDownSqlite(table_, RowOf(work, ms))) last.push_back(std::move(sql));
  if (!work.down) {
    last.resize(2);  // BEGIN, DELETE
    for (std::string& sql : RecordUpSqlite(table_, RowOf(work, ms))) last.push_back(std::move(sql));
  }
  last.emplace_back("COMMIT");
  report = ExecAll(last);
  if (Is(report, Outcome::kDone)) {
    report.done = 1;
    observer.done(0, ms);
  }
  return report;
}

RunReport SqliteDatabase::WriteRows(const std::vector<RowChange>& changes,
                                    std::optional<std::uint64_t> newest,
                                    const std::string& action) {
  RunReport report;
  absl::Status open = OpenForWriting();
  if (!open.ok()) {
    report.outcome = Outcome::kLost;
    report.message = std::string(open.message());
    return report;
  }
  report = Begin(newest);
  if (!Is(report, Outcome::kDone)) return report;
  std::vector<std::string> statements;
  for (const RowChange& change : changes) {
    const Work& work = change.work;
    std::string sql = ChangeRow(table_, change.kind, RowOf(work, 0), Dialect::kSqlite);
    if (!sql.empty()) statements.push_back(std::move(sql));
    statements.push_back(InsertLog(
        table_, {action, work.version, work.name, by_, 0, "ok", change.message}, Dialect::kSqlite));
  }
  statements.emplace_back("COMMIT");
  report = ExecAll(statements);
  if (!Is(report, Outcome::kDone)) sqlite::Run(db_, "ROLLBACK");
  report.done = Is(report, Outcome::kDone) ? changes.size() : 0;
  return report;
}

void SqliteDatabase::LogFailure(const Work& work, const std::string& message) {
  if (db_ == nullptr) return;
  sqlite::Run(db_, InsertLog(table_,
                             {work.down ? "down" : "up", work.version, work.name, by_, 0, "failed",
                              message},
                             Dialect::kSqlite));
}

RunReport SqliteDatabase::RunVerify(const Script& script, std::size_t& queries) {
  if (db_ == nullptr) return {};
  RunReport report = Exec("BEGIN");
  if (!Is(report, Outcome::kDone)) return report;
  int was = 0;
  Rows rows;
  Select(db_, "PRAGMA query_only", rows);
  was = rows.rows.empty() ? 0 : std::atoi(rows.rows[0][0].value_or("0").c_str());
  Exec("PRAGMA query_only = 1");
  report = RunVerifyQueries(script, queries);
  sqlite::Run(db_, "ROLLBACK");
  if (was == 0) Exec("PRAGMA query_only = 0");
  return report;
}

}  // namespace strata::sqlite
