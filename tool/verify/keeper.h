// The process that keeps one throw-away server: it starts the server, watches whether anybody still
// wants it, stops it and removes its folder.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "base/status.h"

namespace strata::verify {

struct Kept {
  pid_t keeper = 0;
  std::string url;
};

// Forks a keeper and waits until its server answers. The keeper runs `wanted` again and again (it
// may block, for a while or until something changes) and ends when that says no. It is a
// session of its own, with no open file but those that `wanted` uses, `keep_open` (-1: none).
// Errors as Cluster::Start.
absl::StatusOr<Kept> StartKeeper(const std::function<bool()>& wanted, int keep_open);

}  // namespace strata::verify
