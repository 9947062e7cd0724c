#include "command/line/test_server.h"

#include <cstdlib>

namespace strata {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

absl::StatusOr<TestServer> FindTestServer(const Context& context) {
  TestServer server;
  if (!context.arguments.Has("--ephemeral")) {
    server.url = context.arguments.Value("--url").value_or(Environment("STRATA_TEST_DATABASE_URL"));
    if (!server.url.empty()) return server;
  }
  if (const auto folder = context.arguments.Value("--cluster")) {
    ASSIGN_OR_RETURN(server.url, SharedClusterUrl(*folder));
    return server;
  }
  ASSIGN_OR_RETURN(server.cluster, Cluster::Start());
  server.url = server.cluster->url();
  return server;
}

}  // namespace strata
