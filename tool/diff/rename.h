// Renames, which come before everything else.
#pragma once

#include <string>
#include <vector>

#include "diff/schema.h"

namespace strata::diff {

struct RenameStep {
  std::string up, down;  // without semicolon
};

// Runs on `from` what `asked` says was renamed (a rename already done is passed over), and what
// follows a rename: sequences of renamed columns, and indexes and constraints that differ from
// `to`'s in their name alone. Returns the statements in order.
std::vector<RenameStep> ApplyRenames(const std::vector<Rename>& asked, catalog::Catalog* from,
                                     const catalog::Catalog& to);

}  // namespace strata::diff
