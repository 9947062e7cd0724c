// PostgreSQL, and servers that speak its protocol.
//
// One message carries every pending migration (message.h). The lock is LOCK TABLE on the history,
// taken inside each migration's transaction: it cannot leak through a transaction pooler, ends with
// its backend, and its holder shows in pg_locks. The history row itself is the second guard: its
// key and a NOT NULL make a migration that another runner has applied roll back, also on servers
// where the lock is not there (CockroachDB, YugabyteDB). Nothing is held while a runner waits, so
// CREATE INDEX CONCURRENTLY never waits for one.
#pragma once

#include <memory>

#include "driver/driver.h"
#include "driver/postgres/connection.h"

namespace strata {

absl::StatusOr<std::unique_ptr<Database>> OpenPostgres(const std::string& url,
                                                       const ConnectOptions& options,
                                                       std::chrono::milliseconds wait);

// `connection` stays the caller's. REQUIRES: no transaction is open on it.
absl::StatusOr<std::unique_ptr<Database>> UsePostgres(pqxx::connection& connection,
                                                      const ConnectOptions& options);

namespace postgres {

// The two ends of an EarlyConnection (driver/early.h).
void StartConnecting(const std::string& url);
void StopConnecting();

}  // namespace postgres
}  // namespace strata
