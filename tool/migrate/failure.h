// The failure of a migration as a status: words in the message, a Failure in the payload.
#pragma once

#include "strata/strata.h"

namespace strata {

absl::Status FailureStatus(const Failure& failure);

// "0001_a, 0002_b and 7 more", at most five.
std::string ListOf(const std::vector<std::string>& names);

// What stays of a run that ends early: "done before it, and kept: 0001_a".
std::string DoneBefore(const std::vector<Change>& changes, const MigrationSet& set);

}  // namespace strata
