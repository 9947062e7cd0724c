// Which index an INSERT … ON CONFLICT can go by.
#pragma once

#include "catalog/expr.h"

namespace strata::catalog {

// Whether the index `relation` may be the one that ON CONFLICT (…) of `query` infers; false where
// it is certain that it is not.
bool CanArbitrate(const Relation& relation, const Query& query);

}  // namespace strata::catalog
