// The texts that come from the table of commands.
#pragma once

#include <string>

#include "command/command.h"

namespace strata {

// `program` is the name typed: "strata" or a migrator's.
std::string OverviewHelp(const std::string& program);
std::string CommandHelp(const std::string& program, const Command& command);
std::string VersionLine();

// strata(1), in roff.
std::string ManPage();

}  // namespace strata
