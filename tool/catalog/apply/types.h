// Making types, for the statements that do.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

// The schema for a new type of that name, free of others; 0: reported.
Oid PlaceForType(Context& context, const Name& name);

// Adds the type with its array and its need of the schema. Returns its number.
Oid MakeType(Context& context, Type type, bool with_array = true);

// Adds a CHECK or NOT NULL of a domain.
void AddDomainConstraint(Context& context, Oid domain, const sql::Constraint& node);

}  // namespace strata::catalog
