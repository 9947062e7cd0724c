// The server that scratch databases are made on.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "command/context.h"
#include "verify/cluster.h"

namespace strata {

struct TestServer {
  std::string url;
  std::unique_ptr<Cluster> cluster;  // a throw-away one, which stops with this
};

// Of --url, else of the environment's STRATA_TEST_DATABASE_URL (neither with --ephemeral), else of
// --cluster, else a throw-away one. DATABASE_URL does not count: it may well name one where nobody
// wants scratch databases. Errors: kNotFound where this machine has no server programs,
// kUnavailable.
absl::StatusOr<TestServer> FindTestServer(const Context& context);

}  // namespace strata
