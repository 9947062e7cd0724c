// What may stand where: the words of "aggregate functions are not allowed in …", or "" where they
// may.
#pragma once

#include <string>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

// `outermost`: the level is the expression's own surroundings, not a query inside it.
std::string PlaceForAggregates(Clause clause, const Scope* scope, bool outermost);
std::string PlaceForWindows(Clause clause, const Scope* scope, bool outermost);
std::string PlaceForSets(Clause clause, const Scope* scope, bool outermost);
// "cannot use subquery in …"
std::string PlaceForSubqueries(Clause clause, const Scope* scope, bool outermost);

}  // namespace strata::catalog
