#include <mutex>
#include <pqxx/connection>
#include <utility>

#include "driver/postgres/database.h"
#include "driver/postgres/postgres.h"

namespace strata::postgres {
namespace {

struct Early {
  std::string complete;  // the connection string
  Connection connection;
};

std::mutex mutex;

Early& Slot() {
  static Early early;
  return early;
}

}  // namespace

void StartConnecting(const std::string& url) {
#if __has_include(<pqxx/basic_connection.hxx>)  // libpqxx 7 has no such connections
  Early early;
  std::string unused;
  if (!CompleteConnectionString(url, early.complete, unused)) return;
  try {
    early.connection = std::make_shared<pqxx::asyncconnection>(early.complete);
  } catch (const std::exception&) {
    return;  // whoever then connects will tell
  }
  GoOnConnecting(*early.connection, std::chrono::milliseconds{0}, unused);
  const std::lock_guard<std::mutex> lock(mutex);
  Slot() = std::move(early);
#else
  static_cast<void>(url);
#endif
}

void StopConnecting() {
  const std::lock_guard<std::mutex> lock(mutex);
  Slot() = Early();
}

Connection TakeStarted(const std::string& complete) {
  const std::lock_guard<std::mutex> lock(mutex);
  return Slot().complete == complete ? std::exchange(Slot(), Early()).connection : nullptr;
}

}  // namespace strata::postgres
