// What the global options come to: the command line over strata.toml over the defaults.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "command/line/arguments.h"
#include "strata/migration_set.h"

namespace strata {

struct Settings {
  std::string dir = "migrations";
  bool dir_given = false;
  Dialect dialect = Dialect::kPostgres;
  std::vector<std::string> urls;  // --url, else the environment's DATABASE_URL
  std::string format = "text";
  std::string color = "auto";
  bool quiet = false;
  bool verbose = false;
  std::string config;  // path of strata.toml; empty: there is none
  std::string history_table = "strata_history";
  std::optional<std::uint32_t> lock_timeout_ms;
  std::optional<std::uint32_t> statement_timeout_ms;
  std::uint32_t wait_seconds = 0;
};

// Errors: kInvalidArgument with the sentence to print (a malformed time, a --config that is not
// there or cannot be read, an unknown key in it with "did you mean").
absl::StatusOr<Settings> ResolveSettings(const Arguments& arguments);

}  // namespace strata
