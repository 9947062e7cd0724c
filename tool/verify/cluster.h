// Throw-away PostgreSQL servers for tests, made with this machine's own initdb and postgres: on a
// unix socket only, without fsync, in a temporary folder that goes away with them. The first one
// runs initdb (about 400 ms); its result is kept in the user's cache, and the next are copies
// (about 100 ms until the server answers). Root's servers run as the user postgres, else nobody.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"

namespace strata {

// One server of this process's own. It stops, and its folder is removed, when the object or the
// process goes away, however it goes away.
class Cluster {
 public:
  // Errors: kNotFound where this machine has no server programs, kUnavailable with the end of
  // the server's log where it does not start.
  static absl::StatusOr<std::unique_ptr<Cluster>> Start();
  ~Cluster();
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  // Of its database "postgres", for a superuser.
  const std::string& url() const { return url_; }

 private:
  Cluster() = default;

  std::string url_;
  int life_ = -1;    // the server stops when this pipe closes
  int keeper_ = -1;  // the process that watches the pipe
};

// A server that several processes share, known by a folder that says where it is. `owner` is the
// process (0: none) that wants it: the server stops once every owner has stopped it or is
// dead. Without an owner it runs until it is stopped.

// Starts the server, or joins the one that runs, and returns its URL. Errors as Cluster::Start.
absl::StatusOr<std::string> StartSharedCluster(const std::string& folder, int owner);

// Takes `owner` off the list (0: everybody) and, where nobody is left, stops the server and waits
// until it is gone. No error where none runs.
absl::Status StopSharedCluster(const std::string& folder, int owner);

// Errors: kNotFound where none runs.
absl::StatusOr<std::string> SharedClusterUrl(const std::string& folder);

}  // namespace strata
