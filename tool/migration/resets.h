// What undoes the session settings that a PostgreSQL script may leave behind, judged by its words:
// role, search_path, settings, temporary tables, prepared statements, cursors, locks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace strata {

struct Resets {
  // To send before the transaction ends: the history is written as the connection's user.
  std::vector<const char*> inside;
  // To send after it, so that the next script starts as the first did. In a transaction of their
  // own: else, in a message of several statements, the next BEGIN would join them, its transaction
  // would still be read-only by a default that they take back, and its failure would undo them.
  std::vector<const char*> after;
};

// What a script, and the verify script that runs with it, want.
Resets ResetsOf(std::string_view script, std::string_view verify = {});

// `resets` as a message, or "".
std::string InTransaction(const std::vector<const char*>& resets);

}  // namespace strata
