// The ends of a session: what it set is forgotten, and its temporary objects are gone.
#pragma once

#include "catalog/catalog.h"

namespace strata::catalog {

// Starts a session as PostgreSQL would: settings at their defaults, nothing temporary, a new
// transaction.
void StartSession(Catalog* catalog);

}  // namespace strata::catalog
