// An empty database of one's own for a while.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"

namespace strata::verify {

class ScratchDatabase {
 public:
  // Makes a database on the server that `url` names (the database it names is only connected to),
  // or for an sqlite: URL a temporary file. Errors: kUnavailable, kPermissionDenied.
  static absl::StatusOr<std::unique_ptr<ScratchDatabase>> Make(const std::string& url);

  // Drops it, connections and all; where that fails it stays behind, and nothing is said.
  ~ScratchDatabase();
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;

  const std::string& url() const { return url_; }

 private:
  ScratchDatabase() = default;

  std::string server_;  // of PostgreSQL, else empty
  std::string name_;    // of the database, or the temporary folder
  std::string url_;
};

// Returns `url` with another database's name, whichever of libpq's forms it has.
std::string WithDatabase(const std::string& url, const std::string& name);

}  // namespace strata::verify
