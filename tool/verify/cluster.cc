#include "verify/cluster.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "verify/keeper.h"

namespace strata {

absl::StatusOr<std::unique_ptr<Cluster>> Cluster::Start() {
  int life[2];
  if (pipe2(life, O_CLOEXEC) != 0) return absl::UnavailableError("cannot make a pipe");
  // Nobody ever writes: the pipe reports its end when the last copy of the other end is closed, at
  // the latest by the system when this process dies. The keeper closes its own copy of it.
  const auto wanted = [read_end = life[0]] {
    pollfd poll_for = {read_end, 0, 0};
    return poll(&poll_for, 1, 1000) == 0 || (errno == EINTR && poll_for.revents == 0);
  };
  absl::StatusOr<verify::Kept> kept = verify::StartKeeper(wanted, life[0]);
  close(life[0]);
  if (!kept.ok()) {
    close(life[1]);
    return kept.status();
  }
  std::unique_ptr<Cluster> cluster(new Cluster);
  cluster->url_ = kept->url;
  cluster->life_ = life[1];
  cluster->keeper_ = kept->keeper;
  return cluster;
}

Cluster::~Cluster() {
  close(life_);
  while (waitpid(keeper_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace strata
