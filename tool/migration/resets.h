// What undoes the session settings that a PostgreSQL script may leave behind, judged by its words:
// role, search_path, settings, temporary tables, prepared statements, cursors, locks.
#pragma once

#include <string_view>
#include <vector>

namespace strata {

// Statements to send before the transaction ends: the history is written as the connection's user.
std::vector<const char*> ResetsInside(std::string_view script);

// Statements to send after it, so that the next script starts as the first did.
std::vector<const char*> ResetsAfter(std::string_view script);

}  // namespace strata
