// What a command gets: everything it needs is open.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/diagnostic.h"
#include "command/command.h"
#include "command/line/arguments.h"
#include "command/line/settings.h"
#include "command/line/terminal.h"
#include "strata/migration_set.h"

namespace strata {

namespace sql {
struct LoadedSet;
}

struct Context {
  const Arguments& arguments;
  const Settings& settings;
  Terminal& terminal;
  std::string program;                     // "strata", or the name of a migrator
  const MigrationSet* baked = nullptr;     // the set inside a migrator, else null
  const MigrationSet* set = nullptr;       // Needs::kFiles, kSet, kDatabase; else null
  std::shared_ptr<sql::LoadedSet> loaded;  // the same with its trees; a set baked in: kFiles only
  bool reads_late =
      false;  // `loaded` is sql::OpenSet's: RunOptions has its scripts read when needed
  Diagnostics diagnostics;      // what loading the folder found
  Diagnostics approximations;   // of a postgres set on SQLite
  std::string url;              // Needs::kUrl, kDatabase; else empty or the one given
  std::shared_ptr<void> begun;  // what the command's `begin` left for its `run`
};

// Prints "strata up: error: <message>" and, where not empty, "help: <help>"; returns `exit`.
Exit Fail(Context& context, Exit exit, const std::string& message, const std::string& help = "");

}  // namespace strata
