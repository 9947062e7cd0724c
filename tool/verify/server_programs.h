// initdb and postgres: where they are, whom they run as, and a data folder ready to serve.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>
#include <vector>

#include "base/status.h"

namespace strata::verify {

// Returns the folder of `initdb` and `postgres`: STRATA_PG_BINDIR, the PATH, or the newest of the
// places where distributions put them. Error: kNotFound.
absl::StatusOr<std::string> FindServerPrograms();

// The user that servers run as: oneself, or for root, which PostgreSQL refuses, another.
struct ServerUser {
  bool switches = false;
  uid_t uid = 0;
  gid_t gid = 0;
};
absl::StatusOr<ServerUser> ChooseServerUser();

// Makes `folder` a data folder, by copying the cached template (made first where there is none).
absl::Status MakeDataFolder(const std::string& programs, const ServerUser& user,
                            const std::string& folder);

// Forks; the child becomes `user` and executes `arguments` with output appended to `log`. With
// `dies_with_parent` the system sends it SIGQUIT when its parent dies. Returns its process id.
absl::StatusOr<pid_t> Spawn(const ServerUser& user, const std::vector<std::string>& arguments,
                            const std::string& log, bool dies_with_parent);

}  // namespace strata::verify
