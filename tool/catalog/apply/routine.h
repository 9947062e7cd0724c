// What CREATE and ALTER of functions and procedures share.
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace strata::catalog {

// The first type of the function's result or outputs that no argument of its family tells
// (anyelement without any of anyelement, anyarray, …), or "".
std::string UndeterminedResult(const Catalog& catalog, const Function& function);

// Whether an option (by its word in the tree) is for functions and not for procedures.
bool IsForFunctionsAlone(std::string_view option);

}  // namespace strata::catalog
