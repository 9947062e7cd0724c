// Opening, losing and finding again; who blocks; the one place that catches libpqxx' exceptions.
#include <chrono>
#include <pqxx/connection>
#include <pqxx/errorhandler>
#include <pqxx/except>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "driver/postgres/database.h"
#include "driver/postgres/postgres.h"
#include "driver/postgres/refusal.h"
#include "driver/url.h"

namespace strata::postgres {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kPatience{1000};   // with a connection that was begun early
constexpr milliseconds kFirstLook{1000};  // of silence before blockers are looked for

class NoticeHandler final : public pqxx::errorhandler {
 public:
  NoticeHandler(pqxx::connection_base& connection, std::function<void(const std::string&)> notice)
      : pqxx::errorhandler(connection), notice_(std::move(notice)) {}
  bool operator()(const char message[]) noexcept override {
    if (!notice_) return false;  // and no other handler: libpqxx would print it
    std::string text = message;
    while (!text.empty() && text.back() == '\n') text.pop_back();
    notice_(text);
    return false;
  }

 private:
  std::function<void(const std::string&)> notice_;
};

std::string RandomRun() {
  std::random_device device;
  return absl::StrCat(absl::Hex(device(), absl::kZeroPad8), absl::Hex(device(), absl::kZeroPad8));
}

bool WorthWaiting(const std::string& error) {
  return error.find("authentication failed") == std::string::npos &&
         error.find("no password supplied") == std::string::npos;
}

// Whether libpq could not make sense of a value that it was given, before it went anywhere
// (fe-connect.c, connectOptions2 and PQconnectPoll's reading of numbers).
bool SaysMalformed(const std::string& error) {
  for (const char* start : {"invalid ", "could not match ", "definition of service "}) {
    if (error.rfind(start, 0) == 0) return true;
  }
  return false;
}

absl::Status Malformed(const std::string& url, const std::string& why) {
  return absl::InvalidArgumentError(
      absl::StrCat("the database URL ", Redact(url), " is malformed: ", why));
}

absl::Status Refused(const std::string& complete, const std::string& url, const std::string& why) {
  const std::string text = OneLine(RedactIn(RedactIn(why, url), complete));
  if (SaysMalformed(text)) return Malformed(url, text);
  const std::string way = WayIn(text);
  return absl::UnavailableError(
      absl::StrCat("cannot connect to ", Redact(url), ": ", text, way.empty() ? "" : ": ", way));
}

// Tells libpqxx that a connection of its asynchronous kind is made.
void Adopt(pqxx::connection_base& started) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"  // meant for users of that class
  started.activate();
#pragma GCC diagnostic pop
}

absl::StatusOr<Connection> ConnectOnce(const std::string& complete, const std::string& url) {
  try {
    if (Connection started = TakeStarted(complete)) {
      std::string error;
      switch (GoOnConnecting(*started, kPatience, error)) {
        case Connecting::kDone:
          Adopt(*started);
          return started;
        case Connecting::kFailed:
          return Refused(complete, url, error);
        case Connecting::kUnderWay:
          break;  // libpq keeps the time limits of a connection that is waited for
      }
    }
    return std::make_shared<pqxx::connection>(complete);
  } catch (const std::exception& e) {
    return Refused(complete, url, e.what());
  }
}

absl::StatusOr<Connection> Connect(const std::string& url, milliseconds wait,
                                   const std::function<bool()>& cancelled) {
  std::string complete;
  std::string error;
  if (!CompleteConnectionString(url, complete, error)) {
    while (!error.empty() && error.back() == '\n') error.pop_back();
    return Malformed(url, RedactIn(error, url));
  }
  const Clock::time_point end = Clock::now() + wait;
  milliseconds pause{50};
  for (;;) {
    absl::StatusOr<Connection> connection = ConnectOnce(complete, url);
    if (connection.ok() || Clock::now() + pause > end) return connection;
    if (absl::IsInvalidArgument(connection.status())) return connection;
    if (!WorthWaiting(std::string(connection.status().message()))) return connection;
    if (cancelled && cancelled()) return connection;
    std::this_thread::sleep_for(pause);
    pause = std::min(pause * 2, milliseconds{1000});
  }
}

}  // namespace

PostgresDatabase::PostgresDatabase(pqxx::connection_base& connection, Connection own,
                                   std::string url, const ConnectOptions& options)
    : connection_(&connection),
      own_(std::move(own)),
      url_(std::move(url)),
      options_(options),
      run_(RandomRun()),
      table_(options.table),
      shortest_lock_(options.lock_timeout) {
  Attach();
}

PostgresDatabase::~PostgresDatabase() = default;

void PostgresDatabase::Attach() {
  notices_ = std::make_unique<NoticeHandler>(*connection_, options_.notice);
  wire_ = std::make_unique<Wire>(*connection_);
}

bool PostgresDatabase::Tick(milliseconds waited) {
  if (waited < milliseconds{200}) {
    milliseconds first = kFirstLook;
    if (shortest_lock_.count() > 0) first = std::min(first, shortest_lock_ / 2);
    next_look_ = first;
  }
  if (waited >= next_look_) {
    LookForBlockers();
    next_look_ = waited * 2;
  }
  return !Overruns(waited) && (!options_.cancelled || !options_.cancelled());
}

void PostgresDatabase::NoteShortestLock(const std::vector<Work>& works, std::size_t end) {
  shortest_lock_ = options_.lock_timeout;
  for (std::size_t i = 0; i < end; ++i) {
    const auto& own = works[i].script->lock_timeout_ms;
    if (!own || *own == 0) continue;
    const milliseconds lock{*own};
    shortest_lock_ = shortest_lock_.count() == 0 ? lock : std::min(shortest_lock_, lock);
  }
}

bool PostgresDatabase::Overruns(milliseconds waited) {
  if (limits_.statement.count() > 0 && waited >= limits_.statement) {
    overrun_ = kStatementTimeout;
  } else if (limits_.lock.count() > 0 && waited >= limits_.lock && overrun_.empty()) {
    blockers_.clear();
    LookForBlockers();  // it may be at work, not waiting
    if (!blockers_.empty()) overrun_ = kLockTimeout;
  }
  return !overrun_.empty();
}

void PostgresDatabase::LookForBlockers() {
  if (url_.empty()) return;
  if (side_ == nullptr) {
    absl::StatusOr<Connection> side = Connect(url_, milliseconds{0}, nullptr);
    if (!side.ok()) return;  // no connection left to ask on: the run goes on without names
    side_ = *std::move(side);
    side_notices_ = std::make_unique<NoticeHandler>(*side_, nullptr);
  }
  Wire wire(*side_);
  const std::string sql = absl::StrCat(
      "SELECT b.pid, b.application_name, pg_catalog.to_char(b.xact_start AT TIME ZONE 'UTC', "
      "'HH24:MI:SS\"Z\"'), b.state, pg_catalog.left(pg_catalog.regexp_replace(b.query, '\\s+', ' "
      "', "
      "'g'), 80) FROM pg_catalog.pg_stat_activity AS w, "
      "LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS p, "
      "pg_catalog.pg_stat_activity AS b WHERE w.query LIKE '/* strata ",
      run_, "%' AND w.wait_event_type = 'Lock' AND b.pid = p");
  if (!wire.Send(sql)) return;
  std::string found;
  for (;;) {
    Reply reply = wire.Next(nullptr);
    if (reply.kind() == Reply::Kind::kEnd || reply.kind() == Reply::Kind::kLost) break;
    if (reply.kind() != Reply::Kind::kDone) continue;
    for (int i = 0; i < reply.rows(); ++i) {
      const auto text = [&](int c) {
        const char* value = reply.value(i, c);
        return std::string(value == nullptr ? "?" : value);
      };
      absl::StrAppend(&found, found.empty() ? "" : ", ", "pid ", text(0), " (", text(1), ", ",
                      text(3), ", in a transaction since ", text(2), "): \"", text(4), "\"");
    }
  }
  if (found.empty()) return;
  blockers_ = found;
  if (options_.waiting) options_.waiting(absl::StrCat("a lock is held by ", found));
}

absl::Status PostgresDatabase::Reconnect(milliseconds wait) {
  if (url_.empty()) {
    return absl::UnavailableError(
        "the connection was lost, and there is no address to connect anew");
  }
  const Clock::time_point end = Clock::now() + wait;
  ASSIGN_OR_RETURN(Connection fresh, Connect(url_, wait, options_.cancelled));
  notices_.reset();
  own_ = std::move(fresh);
  connection_ = own_.get();
  Attach();
  // What the lost connection had sent may still be running: its outcome is known when it is gone.
  const std::string busy =
      absl::StrCat("SELECT pid FROM pg_catalog.pg_stat_activity WHERE query LIKE '/* strata ", run_,
                   "%' AND state <> 'idle' AND pid <> pg_catalog.pg_backend_pid()");
  for (;;) {
    Rows rows;
    RunReport report = Exec(busy, &rows);
    if (report.outcome != Outcome::kDone) return World(report, "looking for the lost connection");
    if (rows.rows.empty()) return absl::OkStatus();
    if (Clock::now() > end) {
      return absl::UnavailableError(
          absl::StrCat("the connection was lost, and the server still runs what it had sent (pid ",
                       rows.rows[0][0].value_or("?"), "): run again when that has ended"));
    }
    std::this_thread::sleep_for(milliseconds{20});
  }
}

}  // namespace strata::postgres

namespace strata {

absl::StatusOr<std::unique_ptr<Database>> OpenPostgres(const std::string& url,
                                                       const ConnectOptions& options,
                                                       std::chrono::milliseconds wait) {
  ASSIGN_OR_RETURN(postgres::Connection connection,
                   postgres::Connect(url, wait, options.cancelled));
  pqxx::connection_base& opened = *connection;
  return std::make_unique<postgres::PostgresDatabase>(opened, std::move(connection), url, options);
}

absl::StatusOr<std::unique_ptr<Database>> UsePostgres(pqxx::connection& connection,
                                                      const ConnectOptions& options) {
  if (!connection.is_open()) return absl::UnavailableError("the connection is not open");
  auto database = std::make_unique<postgres::PostgresDatabase>(connection, nullptr,
                                                               connection.options(), options);
  return database;
}

}  // namespace strata
