// What `strata.toml` says of the linter:
//
//     [lint]
//     since = "20260101000000"        # this and older migrations are context only
//     sqlite-version = "3.35.0"       # the oldest SQLite that a sqlite set is to run on
//     max-statements = 200            # of one file
//     max-kilobytes = 256
//
//     [lint.rules]
//     drop-table = "error"            # "off", "note", "warning", "error"
//
//     [lint.path."0001_*"]            # files whose name matches; the last match counts
//     prefer-jsonb = "off"
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "base/toml.h"
#include "lint/step.h"

namespace strata::lint {

struct Settings {
  Environment environment;
  std::optional<std::uint64_t> since;  // the first version that is judged
  bool since_is_deployed = false;      // what stands before it is in production, the rest is not
  std::map<std::string, RuleLevel> levels;  // by rule
  struct Path {
    std::string pattern;
    std::map<std::string, RuleLevel> levels;
  };
  std::vector<Path> paths;
  std::vector<std::string> only;  // rules to run; empty: all
};

// The level of a rule in a file.
RuleLevel LevelOf(const Settings& settings, const Rule& rule, std::string_view file);

// Reads the tables [lint…] of strata.toml into `settings`; others are left alone.
// Errors: kInvalidArgument with the line, for an unknown key, rule or level ("did you mean").
absl::Status ReadSettings(const std::vector<TomlEntry>& entries, Settings* settings);

// Takes what strata.lock seals for deployed: only newer migrations are judged. Where nothing is
// sealed the settings stay as they are. An explicit `since` wins.
void CutOffAtSeal(const sql::LoadedSet& set, Settings* settings);

// Whether a file name matches a pattern of '*' and '?'.
bool Matches(std::string_view pattern, std::string_view name);

}  // namespace strata::lint
