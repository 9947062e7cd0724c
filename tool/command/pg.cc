#include <unistd.h>

#include <cstdlib>

#include "absl/strings/str_format.h"
#include "command/context.h"
#include "verify/cluster.h"

namespace strata {
namespace {

bool IsSet(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

// Where the server that has no folder of its own is known: one for each user.
std::string DefaultFolder() {
  if (IsSet("XDG_CACHE_HOME")) return std::string(std::getenv("XDG_CACHE_HOME")) + "/strata/pg";
  return (IsSet("HOME") ? std::string(std::getenv("HOME")) : ".") + "/.cache/strata/pg";
}

// The tests of a build, which `--with-parent` stands for, can do without.
Exit NoServer(Context& context, const absl::Status& status) {
  const bool may_skip = context.arguments.Has("--with-parent") && !IsSet("STRATA_REQUIRE_POSTGRES");
  if (may_skip && absl::IsNotFound(status)) {
    context.terminal.Out(absl::StrFormat("skipped: %s\n", std::string(status.message())));
    return Exit::kSkipped;
  }
  return Fail(context, Exit::kUnreachable, std::string(status.message()));
}

Exit Start(Context& context, const std::string& folder, int owner) {
  if (owner != 0 && IsSet("STRATA_TEST_DATABASE_URL")) {
    context.terminal.Out("STRATA_TEST_DATABASE_URL is set: no server is started\n");
    return Exit::kDone;
  }
  const absl::StatusOr<std::string> url = StartSharedCluster(folder, owner);
  if (!url.ok()) return NoServer(context, url.status());
  context.terminal.Out(*url + "\n");
  return Exit::kDone;
}

Exit Run(Context& context) {
  const std::string& verb = context.arguments.positional[0];
  const std::string folder = context.arguments.Value("--cluster").value_or(DefaultFolder());
  const int owner = context.arguments.Has("--with-parent") ? getppid() : 0;
  if (verb == "start") return Start(context, folder, owner);
  if (verb == "stop") {
    const absl::Status status = StopSharedCluster(folder, owner);
    return status.ok() ? Exit::kDone
                       : Fail(context, Exit::kUnreachable, std::string(status.message()));
  }
  const absl::StatusOr<std::string> url = SharedClusterUrl(folder);
  if (!url.ok()) {
    return Fail(context, Exit::kUnreachable, std::string(url.status().message()),
                "strata pg start");
  }
  context.terminal.Out(*url + "\n");
  return Exit::kDone;
}

}  // namespace

extern const Command kCommand_pg;
const Command kCommand_pg = {
    .name = "pg",
    .group = Group::kServe,
    .summary = "a throw-away PostgreSQL server for tests",
    .arguments = "start|stop|url",
    .options =
        {
            {"--cluster", "DIR",
             "the folder that says where the server is (default: one per user)"},
            {"--with-parent", nullptr,
             "for test fixtures: the server ends with the process that ran this"},
        },
    .notes =
        "It is made with this machine's own initdb and postgres, listens on a unix socket only,\n"
        "keeps its data in a temporary folder and writes without fsync: fast, and nothing for\n"
        "data that matters. Root's servers run as the user postgres. STRATA_PG_BINDIR names\n"
        "the folder of the server's programs where several are installed.",
    .example =
        "strata pg start\n"
        "DATABASE_URL=$(strata pg url) strata up\n"
        "strata pg stop",
    .needs = Needs::kNothing,
    .run = Run,
};

}  // namespace strata
