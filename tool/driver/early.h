// Connecting while something else is done: a server takes some milliseconds to start a session.
#pragma once

#include <string>

namespace strata {

// Begins to connect to a PostgreSQL server and does not wait. An OpenDatabase of the same URL,
// while this lives, goes on with it; all that fails is told there. One at a time. Other databases:
// nothing.
class EarlyConnection {
 public:
  explicit EarlyConnection(const std::string& url);
  ~EarlyConnection();
  EarlyConnection(const EarlyConnection&) = delete;
  EarlyConnection& operator=(const EarlyConnection&) = delete;
};

}  // namespace strata
