// Statements that read and write rows: they change no schema, but what they call may.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

// Analyses SELECT, INSERT, UPDATE, DELETE, MERGE, and follows the calls that act on the session.
void ApplyQuery(Context& context, const sql::Node* statement);

}  // namespace strata::catalog
