// What to do about a name that only an extension could bring.
#pragma once

#include <string>
#include <string_view>

#include "catalog/objects.h"

namespace strata::catalog {

// Returns the help of a message that says that a function, type or operator class does not exist,
// or "": no extension that comes with PostgreSQL has one of that name.
std::string ExtensionHelp(ObjectClass cls, std::string_view name);

}  // namespace strata::catalog
