// Whether a quoted literal is one of its type, as the type's input function would judge it.
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace strata::catalog {

struct LiteralFault {
  std::string rule;  // empty: no fault, or none that is certain
  std::string message;
  std::string help;
};

LiteralFault CheckLiteral(const Catalog& catalog, Oid type, std::string_view text);

// Splits `a.b."C"` as identifiers in a string are read; false where it cannot be one.
bool SplitName(std::string_view text, std::vector<std::string>* parts);

}  // namespace strata::catalog
