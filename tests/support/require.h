// Where a test may be skipped for want of a server, and where that is a failure.
#pragma once

#include <cstdlib>
#include <string>

namespace strata::testing {

inline bool MustHavePostgres() {
  const char* required = std::getenv("STRATA_REQUIRE_POSTGRES");
  return (required != nullptr && std::string(required) == "1") || std::getenv("CI") != nullptr;
}

}  // namespace strata::testing
