// Expressions over a column whose type has changed: PostgreSQL makes them again from their text.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

// Reports the first CHECK constraint or index of the relation that does not fit the column's new
// type.
void RecheckExpressions(Context& context, Oid relation, std::int16_t column, Span at);

}  // namespace strata::catalog
