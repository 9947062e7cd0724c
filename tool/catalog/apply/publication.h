// What CREATE PUBLICATION and ALTER PUBLICATION share.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

// Adds ('a'), takes away ('d') or sets ('s') what the publication publishes.
void ChangePublished(Context& context, Oid publication, std::size_t count,
                     sql::Node* const* objects, char action);

}  // namespace strata::catalog
