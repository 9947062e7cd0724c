// What the model says of a statement: that PostgreSQL would refuse it and why, or that it cannot
// tell. A false accusation is worse than a miss, so only what is certain becomes a Problem.
#pragma once

#include <string>
#include <vector>

#include "base/span.h"

namespace strata::catalog {

struct Problem {
  std::string rule;     // "undefined-column"
  std::string message;  // PostgreSQL's own words where it has some
  std::string help;
  // In the script. Empty: the token that begins there; {0, 0}: PostgreSQL names no place, so the
  // whole statement is meant.
  Span at;
};

// The outcome of one statement or one expression.
struct Findings {
  std::vector<Problem> problems;
  std::vector<std::string> unchecked;  // what could not be judged, each with its reason
};

}  // namespace strata::catalog
