// Names of migrations to be written.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"
#include "migration/file_name.h"

namespace strata {

// "Add e-mail to users" -> "add_e-mail_to_users"; what file names may hold stays.
std::string SlugOf(const std::string& words);

// Where it is not there yet. Errors: kUnavailable.
absl::Status MakeFolder(const std::string& folder);

struct Numbering {
  bool timestamp = false;
  std::size_t width = 4;     // digits of a sequence
  std::uint64_t newest = 0;  // version; 0: the folder has none
};

// Fourteen digits that read as a date are a timestamp; so the folder's newest decides its
// numbering.
Numbering StyleOf(const std::vector<std::string>& files);

// The next version's digits.
std::string NextDigits(const Numbering& numbering, bool timestamp);
absl::StatusOr<std::string> NextVersion(const std::string& folder);

}  // namespace strata
