#include "driver/postgres/database.h"

#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "driver/history_rows.h"
#include "driver/postgres/digest.h"
#include "driver/url.h"

namespace strata::postgres {
namespace {

constexpr char kAtUtc[] =
    "pg_catalog.to_char(applied_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
constexpr char kLogAtUtc[] =
    "pg_catalog.to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

// One row; the table's own columns are NULL where it is not there.
std::string FactsQuery(const TableName& table) {
  const std::string given = Literal(table.schema, Dialect::kPostgres);
  const std::string schema =
      table.schema.empty() ? std::string("pg_catalog.current_schema()") : given + "::name";
  return absl::StrCat(
      "SELECT pg_catalog.version(), pg_catalog.current_setting('transaction_read_only'), "
      "pg_catalog.pg_is_in_recovery(), ",
      schema,
      ", n.nspname, c.relkind, pg_catalog.obj_description(c.oid, 'pg_class'), "
      "pg_catalog.has_table_privilege(c.oid, 'INSERT') AND "
      "pg_catalog.has_table_privilege(c.oid, 'UPDATE') AND "
      "pg_catalog.has_table_privilege(c.oid, 'DELETE'), "
      "(SELECT pg_catalog.has_schema_privilege(s.oid, 'CREATE') FROM pg_catalog.pg_namespace AS s "
      "WHERE s.nspname = ",
      schema,
      "), pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE'), "
      "pg_catalog.pg_get_userbyid(c.relowner), current_user, pg_catalog.current_database(), "
      "pg_catalog.pg_backend_pid(), pg_catalog.has_table_privilege(l.oid, 'SELECT') AND "
      "pg_catalog.has_table_privilege(l.oid, 'INSERT') "
      "FROM (SELECT pg_catalog.to_regclass(",
      Literal(Qualified(table), Dialect::kPostgres),
      ") AS oid) AS r CROSS JOIN (SELECT pg_catalog.to_regclass(",
      Literal(Qualified(LogTable(table)), Dialect::kPostgres),
      ") AS oid) AS l LEFT JOIN pg_catalog.pg_class AS c ON c.oid = r.oid "
      "LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace;\n");
}

std::string Text(const Reply& reply, int column) {
  const char* value = reply.value(0, column);
  return value == nullptr ? "" : value;
}

bool IsTrue(const Reply& reply, int column) { return Text(reply, column) == "t"; }

int FormatOf(const std::string& comment) {
  constexpr char kMark[] = "Strata history, format ";
  const std::size_t at = comment.find(kMark);
  return at == std::string::npos ? kHistoryFormat
                                 : std::atoi(comment.c_str() + at + std::strlen(kMark));
}

}  // namespace

void PostgresDatabase::DecodeFacts(const Reply& reply) {
  facts_ = Facts();
  facts_.read = true;
  facts_.version = Text(reply, 0);
  facts_.read_only = Text(reply, 1) == "on";
  facts_.standby = IsTrue(reply, 2);
  facts_.schema = Text(reply, reply.value(0, 4) != nullptr ? 4 : 3);
  facts_.schema_exists = reply.value(0, 8) != nullptr;
  facts_.may_create = facts_.schema_exists ? IsTrue(reply, 8) : IsTrue(reply, 9);
  facts_.may_write = reply.value(0, 4) == nullptr || IsTrue(reply, 7);
  facts_.may_log = reply.value(0, 14) == nullptr || IsTrue(reply, 14);
  facts_.owner = Text(reply, 10);
  facts_.user = Text(reply, 11);
  facts_.database = Text(reply, 12);
  facts_.pooled = Text(reply, 13) != absl::StrCat(wire_->BackendPid());
  facts_.distributed = facts_.version.find("CockroachDB") != std::string::npos ||
                       facts_.version.find("-YB-") != std::string::npos;
}

absl::Status PostgresDatabase::CheckTable(const Reply& facts) {
  if (facts.value(0, 4) == nullptr) return absl::OkStatus();
  const std::string kind = Text(facts, 5);
  if (kind != "r" && kind != "p") {
    return absl::FailedPreconditionError(
        absl::StrCat(Qualified(table_),
                     " is there but is not a table: name another history table "
                     "with --history-table"));
  }
  const int format = FormatOf(Text(facts, 6));
  if (format > kHistoryFormat) {
    return absl::FailedPreconditionError(
        absl::StrCat("the history table ", Qualified(table_), " has format ", format,
                     " and was made by a newer Strata: this one knows format ", kHistoryFormat));
  }
  return absl::OkStatus();
}

absl::StatusOr<History> PostgresDatabase::ReadHistoryUnless(const MigrationSet& set) {
  bool agrees = false;
  if (digests_) {
    ASSIGN_OR_RETURN(agrees, AgreesWith(set));
  }
  if (!agrees) return ReadHistory(Detail::kPlan);
  table_exists_ = true;
  History history;
  history.exists = true;
  history.as_expected = true;
  return history;
}

// What a run needs to know of the server is not asked here: in a new session that takes longer than
// the digest.
absl::StatusOr<bool> PostgresDatabase::AgreesWith(const MigrationSet& set) {
  const std::string sql = absl::StrCat("/* strata ", run_, " read */ ",
                                       SelectDigest(facts_.read ? table_ : options_.table));
  if (!wire_->Send(sql)) return World(Lost(wire_->LastError()), "reading the history");
  const std::string digest = SetDigest(set);
  Rows rows;
  const RunReport report = Answer(&rows);
  if (report.outcome == Outcome::kLost) return World(report, "reading the history");
  if (report.sqlstate == "42883") digests_ = false;  // undefined function
  return rows.rows.size() == 1 && rows.rows[0][0] == digest;
}

absl::StatusOr<History> PostgresDatabase::ReadHistory(Detail detail) {
  // The name is looked up by the search_path once; from then on it is qualified.
  const TableName asked = facts_.read ? table_ : options_.table;
  const std::string sql = absl::StrCat("/* strata ", run_, " read */ ", FactsQuery(asked),
                                       SelectHistory(Qualified(asked), detail, kAtUtc));
  if (!wire_->Send(sql)) return World(Lost(wire_->LastError()), "reading the history");
  History history;
  absl::Status status;
  const auto tick = [this](std::chrono::milliseconds waited) { return Tick(waited); };
  for (int result = 0;; ++result) {
    Reply reply = wire_->Next(tick);
    if (reply.kind() == Reply::Kind::kEnd) break;
    if (reply.kind() == Reply::Kind::kLost) {
      return World(Lost(reply.message()), "reading the history");
    }
    if (reply.kind() == Reply::Kind::kError) {
      if (result > 0 && reply.sqlstate() == "42P01") continue;  // no history yet
      if (!status.ok()) continue;
      if (result > 0 && reply.sqlstate() == "42703") {
        status = absl::FailedPreconditionError(
            absl::StrCat("the table ", Qualified(table_), " is there but is not Strata's history (",
                         reply.message(), "): name another with --history-table"));
        continue;
      }
      RunReport report;
      report.outcome = Outcome::kFailed;
      report.message = reply.message();
      report.sqlstate = reply.sqlstate();
      status = World(report, "reading the history");
      continue;
    }
    if (result == 0) {
      DecodeFacts(reply);
      table_ = {facts_.schema, asked.name};
      status = CheckTable(reply);
      continue;
    }
    history.exists = true;
    history.rows.reserve(static_cast<std::size_t>(reply.rows()));
    for (int i = 0; i < reply.rows(); ++i) {
      history.rows.push_back(
          DecodeHistoryRow([&reply, i](int column) { return reply.value(i, column); }, detail));
    }
  }
  RETURN_IF_ERROR(status);
  table_exists_ = history.exists;
  return history;
}

absl::StatusOr<std::vector<LogRow>> PostgresDatabase::ReadLog() {
  ASSIGN_OR_RETURN(History history, ReadHistory(Detail::kPlan));
  std::vector<LogRow> log;
  if (!history.exists) return log;
  Rows rows;
  RunReport report = Exec(
      SelectLog(absl::StrCat(Qualified(LogTable(table_)), " AS log"), kLogAtUtc, "log.at"), &rows);
  if (report.outcome != Outcome::kDone) return World(report, "reading the log");
  for (const Row& row : rows.rows) {
    log.push_back(DecodeLogRow([&row](int column) {
      const std::optional<std::string>& value = row[static_cast<std::size_t>(column)];
      return value ? value->c_str() : nullptr;
    }));
  }
  return log;
}

absl::Status PostgresDatabase::MayWrite() {
  if (facts_.standby) {
    return absl::FailedPreconditionError(
        "the server is a read-only standby: connect to the primary; nothing was changed");
  }
  if (facts_.read_only) {
    return absl::FailedPreconditionError(
        "the server or this session is read-only (transaction_read_only is on): connect where it "
        "may write, or take default_transaction_read_only off; nothing was changed");
  }
  if (facts_.schema.empty()) {
    return absl::FailedPreconditionError(
        "the search_path names no schema for the history table: give --history-table schema.name; "
        "nothing was changed");
  }
  if (!table_exists_ && !facts_.may_create) {
    return absl::PermissionDeniedError(absl::StrCat(
        "role \"", facts_.user, "\" may not create the history table in ",
        facts_.schema_exists
            ? absl::StrCat("schema \"", facts_.schema, "\": GRANT CREATE ON SCHEMA ",
                           Quoted(facts_.schema), " TO ", Quoted(facts_.user))
            : absl::StrCat("database \"", facts_.database, "\", which has no schema \"",
                           facts_.schema, "\": create it first"),
        "; nothing was changed"));
  }
  if (table_exists_ && !facts_.may_write) {
    return absl::PermissionDeniedError(
        absl::StrCat("the history table ", Qualified(table_), " belongs to role \"", facts_.owner,
                     "\", and role \"", facts_.user,
                     "\" may not write it: connect as its owner, or GRANT SELECT, INSERT, UPDATE, "
                     "DELETE on it and on its log; nothing was changed"));
  }
  if (table_exists_ && !facts_.may_log) {
    const std::string log = Qualified(LogTable(table_));
    return absl::PermissionDeniedError(
        absl::StrCat("the history table ", Qualified(table_), " belongs to role \"", facts_.owner,
                     "\", and role \"", facts_.user, "\" may not write its log ", log,
                     ": connect as its owner, or GRANT SELECT, INSERT ON ", log, " TO ",
                     Quoted(facts_.user), "; nothing was changed"));
  }
  return absl::OkStatus();
}

RunReport PostgresDatabase::Lost(const std::string& why) const {
  RunReport report;
  report.outcome = Outcome::kLost;
  const std::string first = why.substr(0, why.find('\n'));  // libpq guesses on below it
  report.message = RedactIn(first.empty() ? "the connection was closed" : first, url_);
  return report;
}

absl::Status PostgresDatabase::World(const RunReport& report, const std::string& doing) const {
  const std::string text =
      absl::StrCat(doing, " failed: ", RedactIn(report.message, url_),
                   report.detail.empty() ? "" : absl::StrCat(" (", report.detail, ")"));
  if (report.outcome == Outcome::kLost) return absl::UnavailableError(text);
  if (report.sqlstate == "42501") {
    const bool schema = report.message.find(" for schema ") != std::string::npos;
    const char* way =
        schema ? ": connect as its owner, or GRANT USAGE on it; to make the history table there, "
                 "CREATE too"
               : ": connect as its owner, or GRANT SELECT on it and on its log; to migrate, "
                 "INSERT, UPDATE and DELETE too";
    return absl::PermissionDeniedError(doing.rfind("reading ", 0) == 0 ? absl::StrCat(text, way)
                                                                       : text);
  }
  if (report.outcome == Outcome::kLockMissed) return absl::DeadlineExceededError(text);
  if (report.outcome == Outcome::kCancelled) return absl::CancelledError(text);
  return absl::FailedPreconditionError(text);
}

RunReport PostgresDatabase::Exec(const std::string& sql, Rows* rows) {
  return wire_->Send(sql) ? Answer(rows) : Lost(wire_->LastError());
}

RunReport PostgresDatabase::Answer(Rows* rows) {
  RunReport report;
  const auto tick = [this](std::chrono::milliseconds waited) { return Tick(waited); };
  for (;;) {
    Reply reply = wire_->Next(tick);
    if (reply.kind() == Reply::Kind::kEnd) return report;
    if (reply.kind() == Reply::Kind::kLost) return Lost(reply.message());
    if (reply.kind() == Reply::Kind::kCopyIn) {
      wire_->SendCopyData("");
    } else if (reply.kind() == Reply::Kind::kError) {
      report.outcome = reply.sqlstate() == "55P03" ? Outcome::kLockMissed : Outcome::kFailed;
      report.message = reply.message();
      report.detail = reply.detail();
      report.hint = reply.hint();
      report.sqlstate = reply.sqlstate();
    } else if (rows != nullptr && reply.columns() > 0) {
      *rows = Rows();
      for (int c = 0; c < reply.columns(); ++c) {
        rows->columns.push_back(reply.name(c));
        rows->boolean.push_back(reply.is_boolean(c));
      }
      for (int r = 0; r < reply.rows(); ++r) {
        Row row;
        for (int c = 0; c < reply.columns(); ++c) {
          const char* value = reply.value(r, c);
          row.push_back(value == nullptr ? std::nullopt : std::optional<std::string>(value));
        }
        rows->rows.push_back(std::move(row));
      }
    }
  }
}

absl::StatusOr<Rows> PostgresDatabase::Query(const std::string& sql) {
  Rows rows;
  RunReport report = Exec(sql, &rows);
  if (report.outcome != Outcome::kDone) return World(report, "the query");
  return rows;
}

void PostgresDatabase::Rollback(const Work* failed) {
  if (!wire_->Alive()) return;
  std::string message;
  if (wire_->InTransaction()) message = "ROLLBACK; ";
  if (failed != nullptr) {
    const std::string resets = InTransaction(ResetsOf(*failed).after);
    if (!resets.empty()) absl::StrAppend(&message, resets, "; ");
  }
  if (std::exchange(prepared_, false)) {
    absl::StrAppend(&message, "DEALLOCATE ", RecordName(run_));
  }
  if (!message.empty()) Exec(message);
}

void PostgresDatabase::LogFailure(const Work& work, const std::string& message) {
  if (!table_exists_ || !wire_->Alive()) return;
  Exec(InsertLog(table_,
                 {work.down ? "down" : "up", work.version, work.name, "", 0, "failed", message},
                 Dialect::kPostgres));
}

}  // namespace strata::postgres
