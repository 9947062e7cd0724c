// Tables that leave a parent, which comes before everything but renames: what a partition got from
// its parent is then its own, and is altered or dropped as such.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "diff/doubt.h"

namespace strata::diff {

// Detaches from their parents the tables of `from` that stand in `to` too, but not as children of
// the same parent; names in doubt are left alone. Returns the statements in order, without
// semicolons.
std::vector<std::string> Detach(catalog::Catalog* from, const catalog::Catalog& to,
                                const Doubts& doubts);

}  // namespace strata::diff
