// What runs outside a transaction, journalled in the history row; and small writes to the history.
#include <algorithm>
#include <chrono>
#include <optional>

#include "absl/strings/str_cat.h"
#include "base/span.h"
#include "driver/postgres/database.h"

namespace strata::postgres {
namespace {

using Clock = std::chrono::steady_clock;

bool IsDone(const RunReport& report) { return report.outcome == Outcome::kDone; }

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// A write to the journal, as the connection's own user where the script may have become another,
// which it stays for its next statements.
std::string Journalled(const Resets& resets, const std::string& sql) {
  if (resets.inside.empty()) return sql;
  return absl::StrCat("BEGIN; SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE; ", sql,
                      "; COMMIT");
}

}  // namespace

// Takes the history for a short transaction and compares its newest version; leaves it open.
RunReport PostgresDatabase::Take(std::optional<std::uint64_t> newest) {
  const MessageOptions options = OptionsForMessages();
  Message message;
  message.text = Mark();
  if (!table_exists_) AppendCreate(message, 0, options);
  Append(message, {}, "BEGIN");
  AppendStart(message, 0, Work(), options, false);
  Append(message, {},
         absl::StrCat("SELECT version FROM ", Qualified(table_), " ORDER BY version DESC LIMIT 1"));
  Rows rows;
  RunReport report = Exec(message.text, &rows);
  if (options.lock && RefusesLocks(report.sqlstate)) {
    locks_ = false;
    Rollback();
    return Take(newest);
  }
  if (report.outcome == Outcome::kLockMissed) report.outcome = Outcome::kBusy;
  if (report.sqlstate == "42P07" || report.sqlstate == "42710" || report.sqlstate == "23505")
    report.outcome = Outcome::kOvertaken;
  if (IsDone(report)) {
    table_exists_ = true;
    const std::string found = rows.rows.empty() ? "" : rows.rows[0][0].value_or("");
    if (found != (newest ? absl::StrCat(*newest) : "")) report.outcome = Outcome::kOvertaken;
  }
  if (!IsDone(report)) Rollback();
  return report;
}

RunReport PostgresDatabase::Commit(const std::string& statements) {
  RunReport report = Exec(absl::StrCat(Mark(), statements, ";\nCOMMIT"));
  if (!IsDone(report)) Rollback();
  return report;
}

RunReport PostgresDatabase::StartJournal(const Work& work) {
  RunReport report = Take(work.newest);
  if (!IsDone(report)) return report;
  return Commit(work.down ? JournalDown(table_, work.version)
                          : InsertRow(table_, RowOf(work), "running", Dialect::kPostgres));
}

// One statement as a message of its own: in company it would run in an implicit transaction.
RunReport PostgresDatabase::RunLoneStatement(const Script& script, std::size_t index) {
  const Statement& statement = script.statements[index];
  Message message;
  message.text = Mark();
  Append(message, {Role::kScript, 0, 0, static_cast<std::uint32_t>(index)},
         script.text.substr(statement.begin, statement.end - statement.begin));
  Work work;
  work.script = &script;
  const std::vector<Work> works = {work};
  if (facts_.pooled) limits_ = LimitsAlone(script);
  overrun_.clear();
  const Answers answers = RunMessage(message, works, {});
  limits_ = Limits();
  RunReport report = answers.report;
  if (report.outcome == Outcome::kFailed) report = Explain(message, works, answers);
  return TellLimit(report);
}

// A statement that this side cancelled for its limit fails in the words of the server's own limits.
RunReport& PostgresDatabase::TellLimit(RunReport& report) {
  constexpr char kCancelled[] = "57014";
  if (overrun_.empty() || report.sqlstate != kCancelled) return report;
  report.message = absl::StrCat("canceling statement due to ", overrun_);
  report.outcome = overrun_ == kLockTimeout ? Outcome::kLockMissed : Outcome::kFailed;
  if (overrun_ == kLockTimeout) report.sqlstate = "55P03";
  return report;
}

// CONCURRENTLY waits for old transactions again and again, and a
// miss leaves an INVALID index: unless the file says otherwise it may wait much longer than others.
PostgresDatabase::Limits PostgresDatabase::LimitsAlone(const Script& script) const {
  constexpr int kLonger = 60;
  using std::chrono::milliseconds;
  return {script.lock_timeout_ms ? milliseconds{*script.lock_timeout_ms}
                                 : options_.lock_timeout * kLonger,
          script.statement_timeout_ms ? milliseconds{*script.statement_timeout_ms}
                                      : options_.statement_timeout};
}

// Settings for the whole session, so not behind a transaction pooler, where they would stay on some
// backend and miss the statement: there this side keeps the limits (Overruns).
std::string PostgresDatabase::SettingsAlone(const Script& script) const {
  if (facts_.pooled) return "SELECT 1";
  const Limits limits = LimitsAlone(script);
  return absl::StrCat("SET lock_timeout = ", limits.lock.count(),
                      limits.statement.count() > 0
                          ? absl::StrCat("; SET statement_timeout = ", limits.statement.count())
                          : "");
}

RunReport PostgresDatabase::RunAloneStatements(const Work& work, std::size_t from,
                                               const Observer& observer) {
  const Script& script = *work.script;
  const Resets resets = ResetsOf(work);
  RunReport report = Exec(SettingsAlone(script));
  std::size_t sent = 0;
  for (std::size_t i = 0; i < script.statements.size() && IsDone(report); ++i) {
    if ((script.statements[i].flags & Statement::kWrapper) != 0) continue;
    if (++sent <= from) continue;
    report = RunLoneStatement(script, i);
    if (!IsDone(report)) break;
    report = Exec(Journalled(resets, JournalStatement(table_, work.version, sent)));
    if (IsDone(report) && observer.statement) observer.statement(sent);
  }
  if (report.outcome == Outcome::kLost) return report;
  std::string message = "SELECT 1";
  for (const char* reset : resets.inside) absl::StrAppend(&message, "; ", reset);
  for (const char* reset : resets.after) absl::StrAppend(&message, "; ", reset);
  if (!facts_.pooled) message += "; RESET ALL";
  Exec(message);
  return report;
}

RunReport PostgresDatabase::FinishJournal(const Work& work, double ms) {
  const LogRecord log = {work.down ? "down" : "up", work.version, work.name, "", ms, "ok", ""};
  return Commit(absl::StrCat(
      "BEGIN;\n",
      work.down
          ? DeleteRow(table_, work.version)
          : absl::StrCat("UPDATE ", Qualified(table_), " SET state = 'applied', statement = 0, ",
                         "applied_at = pg_catalog.clock_timestamp(), duration_ms = ", ms,
                         " WHERE version = ", work.version),
      ";\n", InsertLog(table_, log, Dialect::kPostgres)));
}

// Only one runner can go on: the row must still stand where the caller saw it.
RunReport PostgresDatabase::ClaimJournal(const Work& work, std::size_t done) {
  RunReport report = Take(work.newest);
  if (!IsDone(report)) return report;
  Rows rows;
  report = Exec(absl::StrCat("UPDATE ", Qualified(table_),
                             " SET state = 'running', applied_at = pg_catalog.clock_timestamp(), "
                             "statement = ",
                             done, " WHERE version = ", work.version,
                             " AND state <> 'applied' RETURNING version"),
                &rows);
  if (IsDone(report) && rows.rows.empty()) report.outcome = Outcome::kOvertaken;
  if (IsDone(report)) return Commit("SELECT 1");
  Rollback();
  return report;
}

RunReport PostgresDatabase::RunAlone(const Work& work, std::optional<std::size_t> resume,
                                     const Observer& observer) {
  const Clock::time_point start = Clock::now();
  NoteShortestLock({work}, 1);
  RunReport report = resume ? ClaimJournal(work, *resume) : StartJournal(work);
  if (!IsDone(report)) return report;
  report = RunAloneStatements(work, resume.value_or(0), observer);
  if (report.outcome == Outcome::kLost) return report;
  std::size_t queries = 0;
  if (IsDone(report) && work.verify != nullptr) report = RunVerify(*work.verify, queries);
  if (!IsDone(report)) {
    Rollback();
    Exec(SetState(table_, work.version, "failed"));
    return report;
  }
  const double ms = MillisecondsSince(start);
  report = FinishJournal(work, ms);
  if (IsDone(report)) {
    report.done = 1;
    if (observer.done) observer.done(0, ms);
  }
  return report;
}

RunReport PostgresDatabase::WriteRows(const std::vector<RowChange>& changes,
                                      std::optional<std::uint64_t> newest,
                                      const std::string& action) {
  RunReport report = Take(newest);
  if (!IsDone(report)) return report;
  std::string statements = "SELECT 1";
  for (const RowChange& change : changes) {
    const Work& work = change.work;
    const std::string sql = ChangeRow(table_, change.kind, RowOf(work), Dialect::kPostgres);
    const LogRecord log = {action, work.version, work.name, "", 0, "ok", change.message};
    absl::StrAppend(&statements, sql.empty() ? "" : ";\n", sql, ";\n",
                    InsertLog(table_, log, Dialect::kPostgres));
  }
  report = Commit(statements);
  report.done = IsDone(report) ? changes.size() : 0;
  return report;
}

RunReport PostgresDatabase::RunVerify(const Script& script, std::size_t& queries) {
  Message message;
  message.text = Mark();
  Append(message, {}, "BEGIN READ ONLY");
  for (std::size_t i = 0; i < script.statements.size(); ++i) {
    const Statement& statement = script.statements[i];
    if ((statement.flags & Statement::kWrapper) != 0) continue;
    ++queries;
    Append(message, {Role::kVerify, 0, 0, static_cast<std::uint32_t>(i)},
           script.text.substr(statement.begin, statement.end - statement.begin));
  }
  Append(message, {}, "ROLLBACK");
  Work work;
  work.verify = &script;
  const std::vector<Work> works = {work};
  const Answers answers = RunMessage(message, works, {});
  RunReport report = answers.report;
  if (report.outcome == Outcome::kFailed || !answers.verify_failure.empty()) {
    report = Explain(message, works, answers);
  }
  if (report.outcome != Outcome::kLost) Rollback();
  return report;
}

absl::StatusOr<std::string> PostgresDatabase::OtherRunner() {
  Rows rows;
  RunReport report =
      Exec(absl::StrCat(
               "SELECT DISTINCT a.pid, a.application_name, "
               "pg_catalog.to_char(a.query_start AT TIME ZONE 'UTC', 'HH24:MI:SS\"Z\"') "
               "FROM pg_catalog.pg_stat_activity AS a WHERE a.pid <> pg_catalog.pg_backend_pid() "
               "AND a.datname = pg_catalog.current_database() AND a.state <> 'idle' "
               "AND a.query NOT LIKE '/* strata ",
               run_,
               "%' AND (a.query LIKE '/* strata %' AND a.query NOT LIKE '/* strata % read %' "
               "OR EXISTS (SELECT FROM pg_catalog.pg_locks AS l WHERE l.pid = a.pid AND l.granted "
               "AND l.relation = pg_catalog.to_regclass(",
               Literal(Qualified(table_), Dialect::kPostgres),
               ") AND l.mode = 'ShareRowExclusiveLock'))"),
           &rows);
  // A server without these views names nobody; what it holds back is waited for all the same.
  if (report.outcome == Outcome::kFailed) return std::string();
  if (!IsDone(report)) return World(report, "looking for another runner");
  std::string found;
  for (const Row& row : rows.rows) {
    absl::StrAppend(&found, found.empty() ? "" : ", ", "pid ", row[0].value_or("?"), " (",
                    row[1].value_or("?"), "), at work since ", row[2].value_or("?"));
  }
  return found;
}

}  // namespace strata::postgres
