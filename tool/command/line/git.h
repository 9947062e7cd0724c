// What version control knows of the migrations' folder.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "base/status.h"

namespace strata {

// The names of the files that `revision` has in `folder`.
// Errors: kInvalidArgument where git does not know the revision, or there is no git.
absl::StatusOr<std::set<std::string>> FilesAtRevision(const std::string& folder,
                                                      const std::string& revision);

// Where the branch at hand left the shared one (origin/HEAD, else main or master); nullopt on that
// branch itself, outside a repository, or without git.
std::optional<std::string> BranchPoint(const std::string& folder);

// The names of the files of `folder` that are not committed as they stand; nullopt outside a
// repository, or without git.
std::optional<std::set<std::string>> UncommittedFiles(const std::string& folder);

}  // namespace strata
