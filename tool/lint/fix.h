// A safe rewrite that a machine can do: `strata lint --fix`.
#pragma once

#include <string>
#include <vector>

#include "base/span.h"

namespace strata::lint {

struct Edit {
  Span span;
  std::string text;
};

struct Fix {
  std::vector<Edit> edits;      // of the file itself
  bool no_transaction = false;  // a statement of it then runs outside a transaction
  std::string down_append;      // to be added to its down file
  // A migration to follow: VALIDATE and the like. Empty: none.
  std::string next_name, next_up, next_down;
};

// A finding that a machine can mend.
struct FixableFinding {
  std::string file;
  Fix fix;
};

}  // namespace strata::lint
