// Writing what a build step makes, so that what did not change is not built again.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"

namespace strata::embed {

// Writes the file unless it holds these bytes already.
absl::Status WriteIfChanged(const std::string& path, const std::string& bytes);

// Returns the files of `folder` that belong to the set: every *.sql, and strata.lock.
absl::StatusOr<std::vector<std::string>> Inputs(const std::string& folder);

// Returns a text that is another one when a file of `paths` was edited, replaced or removed: name,
// size and modification time of each.
std::string Fingerprint(const std::vector<std::string>& paths);

// Whether one of `paths` was modified later than the stamp, or is not there.
bool AnyIsYounger(const std::vector<std::string>& paths, const std::string& stamp);

// The moment before which everything that a step reads has to have been written. A stamp that is
// dated so is older than any file edited while the step ran, which the next build then sees.
class StartTime {
 public:
  StartTime();
  // Writes the stamp, dated.
  absl::Status WriteStamp(const std::string& path, const std::string& bytes) const;

 private:
  long long seconds_;
  long nanoseconds_;
};

}  // namespace strata::embed
