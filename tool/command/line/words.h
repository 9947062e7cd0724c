// How numbers and versions read on the command line, in and out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/status.h"
#include "strata/migration_set.h"

namespace strata {

// Returns `version` as the set's files write it ("0004"), else in plain digits.
std::string VersionText(const MigrationSet* set, std::uint64_t version);

// Reads a version from the command line: digits.
// Errors: kInvalidArgument with the sentence to print.
absl::StatusOr<std::uint64_t> ParseVersion(const std::string& text);

// Reads the number of a --steps, at least 1.
absl::StatusOr<std::size_t> ParseSteps(const std::string& text);

// "12.3 ms", "4.56 s", "3 min 12 s"
std::string DurationText(double milliseconds);

// "1 migration", "3 migrations"
std::string Count(std::size_t number, const char* noun);

}  // namespace strata
