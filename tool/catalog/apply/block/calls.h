// What functions do to the schema when a query calls them.
#pragma once

#include "catalog/apply/block/follower.h"

namespace strata::catalog {

// Follows the migrations' own functions that `statement` calls and that may change the schema.
void FollowCalls(Context& context, const sql::Node* statement, const Variables& variables,
                 Certainty certainty);
// The same for one call, of a function or procedure.
void FollowCall(Context& context, const sql::FuncCall& call, const Variables& variables,
                Certainty certainty);

}  // namespace strata::catalog
