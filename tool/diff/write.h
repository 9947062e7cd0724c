// Steps -> SQL text.
#pragma once

#include <string>
#include <vector>

#include "diff/op.h"

namespace strata::diff {

// A statement with the comment lines above it, or a clause of ALTER TABLE to be joined with others.
struct Line {
  std::string unit;  // statements of one unit stand without a blank line between them
  std::string sql;   // whole; else
  std::string table, clause;
  std::vector<std::string> notes;
};

// What each file holds: labels, main, concurrent, after (the order of Stage).
struct Script {
  std::vector<Line> lines[4];
};

// `online`: the forms for busy tables, spread over the stages; else all plain, and only new labels
// apart from the rest.
Script Spread(const std::vector<Op>& ops, bool online);

// With semicolons, clauses of one table joined, notes as comments.
std::string Write(const std::vector<Line>& lines);

}  // namespace strata::diff
