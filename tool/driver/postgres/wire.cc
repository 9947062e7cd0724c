#include "driver/postgres/wire.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <pqxx/connection_base>

namespace strata::postgres {
namespace {

constexpr int kTickMs = 100;
constexpr Oid kBooleanOid = 16;  // pg_type.dat: bool

// libpqxx keeps the handle private and offers no way to read results one by one. Naming a private
// member in an explicit instantiation is allowed (C++17 [temp.spec]/6); libpqxx 7 has the same
// member.
template <auto Member>
struct Handle {
  friend PGconn* HandleOf(pqxx::connection_base& connection) { return connection.*Member; }
};
PGconn* HandleOf(pqxx::connection_base& connection);
template struct Handle<&pqxx::connection_base::m_conn>;

std::string QuotedValue(const char* value) {
  std::string out = "'";
  for (; *value != '\0'; ++value) {
    if (*value == '\'' || *value == '\\') out += '\\';
    out += *value;
  }
  return out + "'";
}

}  // namespace

void Reply::Clear::operator()(pg_result* result) const { PQclear(result); }

Reply::Reply(Kind kind, pg_result* result) : kind_(kind), result_(result) {}
Reply::Reply(std::string lost) : kind_(Kind::kLost), lost_(std::move(lost)) {}

int Reply::rows() const { return PQntuples(result_.get()); }
int Reply::columns() const { return PQnfields(result_.get()); }
const char* Reply::value(int row, int column) const {
  return PQgetisnull(result_.get(), row, column) != 0 ? nullptr
                                                      : PQgetvalue(result_.get(), row, column);
}
std::string Reply::name(int column) const { return PQfname(result_.get(), column); }
bool Reply::is_boolean(int column) const { return PQftype(result_.get(), column) == kBooleanOid; }

std::string Reply::Field(int code) const {
  const char* field = PQresultErrorField(result_.get(), code);
  return field == nullptr ? "" : field;
}
std::string Reply::sqlstate() const { return Field(PG_DIAG_SQLSTATE); }
std::string Reply::message() const {
  if (kind_ == Kind::kLost) return lost_;
  std::string primary = Field(PG_DIAG_MESSAGE_PRIMARY);
  return primary.empty() ? PQresultErrorMessage(result_.get()) : primary;
}
std::string Reply::detail() const { return Field(PG_DIAG_MESSAGE_DETAIL); }
std::string Reply::hint() const { return Field(PG_DIAG_MESSAGE_HINT); }
std::size_t Reply::position() const {
  return std::strtoull(Field(PG_DIAG_STATEMENT_POSITION).c_str(), nullptr, 10);
}

Wire::Wire(pqxx::connection_base& connection) : connection_(HandleOf(connection)) {}

bool Wire::Alive() const {
  return connection_ != nullptr && PQstatus(connection_) == CONNECTION_OK;
}
bool Wire::InTransaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}
int Wire::ServerVersion() const { return PQserverVersion(connection_); }
int Wire::BackendPid() const { return PQbackendPID(connection_); }
std::string Wire::LastError() const {
  std::string text = PQerrorMessage(connection_);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

bool Wire::Send(const std::string& message) {
  return Alive() && PQsendQuery(connection_, message.c_str()) == 1;
}

bool Wire::WaitReadable(const std::function<bool(std::chrono::milliseconds)>& tick) {
  const auto start = std::chrono::steady_clock::now();
  bool cancelled = false;
  while (PQisBusy(connection_) == 1) {
    // A stream's socket does not block: what it did not take goes out here.
    const int unsent = streaming_ ? PQflush(connection_) : 0;
    if (unsent < 0) return false;
    const int events = unsent > 0 ? POLLIN | POLLOUT : POLLIN;
    pollfd entry{PQsocket(connection_), static_cast<short>(events), 0};
    const int ready = poll(&entry, 1, tick ? kTickMs : -1);
    if (ready > 0 && PQconsumeInput(connection_) == 0) return false;
    if (ready != 0 || cancelled || !tick) continue;
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - start);
    if (tick(waited)) continue;
    cancelled = true;
    char unused[256];
    PGcancel* cancel = PQgetCancel(connection_);
    PQcancel(cancel, unused, sizeof(unused));
    PQfreeCancel(cancel);
  }
  return true;
}

Reply Wire::Next(const std::function<bool(std::chrono::milliseconds)>& tick) {
  WaitReadable(tick);
  PGresult* result = PQgetResult(connection_);
  if (result == nullptr && streaming_ && Alive()) {  // stands behind each statement's result
    WaitReadable(tick);
    result = PQgetResult(connection_);
  }
  if (result == nullptr) {
    return Alive() ? Reply(Reply::Kind::kEnd, nullptr) : Reply(LastError());
  }
  switch (PQresultStatus(result)) {
    case PGRES_COPY_IN:
      return {Reply::Kind::kCopyIn, result};
    case PGRES_COPY_OUT: {
      char* buffer = nullptr;
      while (PQgetCopyData(connection_, &buffer, 0) > 0) PQfreemem(buffer);
      PQclear(result);
      return Next(tick);
    }
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_EMPTY_QUERY:
      return {Reply::Kind::kDone, result};
#ifdef LIBPQ_HAS_PIPELINING
    case PGRES_PIPELINE_SYNC:
      return {Reply::Kind::kEnd, result};
    case PGRES_PIPELINE_ABORTED:
      return {Reply::Kind::kSkipped, result};
#endif
    default: {
      // A broken connection is reported as a result too; a FATAL error ends it just after.
      const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
      const bool fatal = severity != nullptr && (std::strcmp(severity, "FATAL") == 0 ||
                                                 std::strcmp(severity, "PANIC") == 0);
      if (!Alive() || fatal) {
        Reply lost(fatal ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : LastError());
        PQclear(result);
        return lost;
      }
      return {Reply::Kind::kError, result};
    }
  }
}

bool Wire::SendCopyData(std::string_view data) {
  constexpr std::size_t kPiece = 1 << 16;
  for (std::size_t at = 0; at < data.size(); at += kPiece) {
    const std::string_view piece = data.substr(at, kPiece);
    if (PQputCopyData(connection_, piece.data(), static_cast<int>(piece.size())) != 1) return false;
  }
  return PQputCopyEnd(connection_, nullptr) == 1;
}

#ifdef LIBPQ_HAS_PIPELINING
bool Wire::CanStream() { return true; }

bool Wire::StartStream() {
  streaming_ =
      Alive() && PQsetnonblocking(connection_, 1) == 0 && PQenterPipelineMode(connection_) == 1;
  return streaming_;
}

bool Wire::Queue(const std::string& statement) {
  return PQsendQueryParams(connection_, statement.c_str(), 0, nullptr, nullptr, nullptr, nullptr,
                           0) == 1;
}

bool Wire::QueueFlush() { return PQsendFlushRequest(connection_) == 1; }
bool Wire::QueueEnd() { return PQpipelineSync(connection_) == 1; }

void Wire::StopStream() {
  streaming_ = false;
  PQexitPipelineMode(connection_);
  PQsetnonblocking(connection_, 0);
}
#else
bool Wire::CanStream() { return false; }
bool Wire::StartStream() { return false; }
bool Wire::Queue(const std::string&) { return false; }
bool Wire::QueueFlush() { return false; }
bool Wire::QueueEnd() { return false; }
void Wire::StopStream() {}
#endif

Connecting GoOnConnecting(pqxx::connection_base& connection, std::chrono::milliseconds wait,
                          std::string& error) {
  PGconn* const handle = HandleOf(connection);
  const auto end = std::chrono::steady_clock::now() + wait;
  PostgresPollingStatusType state = PGRES_POLLING_WRITING;  // where it waits to read, no harm
  while (state == PGRES_POLLING_WRITING || state == PGRES_POLLING_READING) {
    const bool writes = state == PGRES_POLLING_WRITING;
    pollfd entry{PQsocket(handle), static_cast<short>(writes ? POLLOUT : POLLIN), 0};
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (poll(&entry, 1, static_cast<int>(std::max<long>(left.count(), 0))) <= 0) {
      return Connecting::kUnderWay;
    }
    state = PQconnectPoll(handle);
  }
  if (state == PGRES_POLLING_OK) return Connecting::kDone;
  error = PQerrorMessage(handle);
  return Connecting::kFailed;
}

bool CompleteConnectionString(const std::string& url, std::string& complete, std::string& error) {
  char* words = nullptr;
  PQconninfoOption* options = PQconninfoParse(url.c_str(), &words);
  if (options == nullptr) {
    error = words == nullptr ? "out of memory" : words;
    PQfreemem(words);
    return false;
  }
  const struct {
    const char* key;
    const char* value;
    const char* environment;
  } added[] = {{"client_encoding", "UTF8", nullptr},
               {"fallback_application_name", "strata", nullptr},
               {"connect_timeout", "10", "PGCONNECT_TIMEOUT"}};
  complete.clear();
  for (PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    const char* value = option->val;
    for (const auto& add : added) {
      if (value == nullptr && std::strcmp(option->keyword, add.key) == 0 &&
          (add.environment == nullptr || std::getenv(add.environment) == nullptr)) {
        value = add.value;
      }
    }
    if (value == nullptr) continue;
    if (!complete.empty()) complete += ' ';
    complete += option->keyword;
    complete += '=';
    complete += QuotedValue(value);
  }
  PQconninfoFree(options);
  return true;
}

}  // namespace strata::postgres
