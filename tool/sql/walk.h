// Walking a tree whatever its nodes are.
#pragma once

#include <functional>

#include "sql/tree.h"

namespace strata::sql {

// Calls `visit` for `node` and every node below it, in the order of the source as the grammar keeps
// it; does not go below a node for which it returns false.
void Walk(const Node* node, const std::function<bool(const Node*)>& visit);

// Returns the least byte offset of a location in the tree, or -1 where it has none.
int FirstLocation(const Node* node);

}  // namespace strata::sql
