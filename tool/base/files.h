// The file system, as far as Strata uses it: whole files and one folder level.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"

namespace strata {

// Returns the file's exact bytes. Errors: kNotFound, kPermissionDenied, kUnavailable (any other
// reason), each with the path and the system's words.
absl::StatusOr<std::string> ReadFile(const std::string& path);

// Replaces the file in one step (a temporary beside it, then a rename), so that no reader ever sees
// half of it. Errors as ReadFile.
absl::Status WriteFile(const std::string& path, const std::string& bytes);

// Returns the names (not paths) of everything in `folder` that is no folder itself, sorted by byte
// value; a dangling link is among them, so that reading it says what is wrong.
// Errors: kNotFound where it does not exist, kFailedPrecondition where it is no folder.
absl::StatusOr<std::vector<std::string>> ListFiles(const std::string& folder);

// Joins with one slash; an absolute `name` stands alone.
std::string JoinPath(const std::string& folder, const std::string& name);

}  // namespace strata
