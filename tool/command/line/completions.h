// What shells complete after "strata": made from the table of commands.
#pragma once

#include <string>

namespace strata {

std::string BashCompletion();
std::string ZshCompletion();
std::string FishCompletion();

}  // namespace strata
