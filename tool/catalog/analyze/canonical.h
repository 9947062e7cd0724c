// Literals in the one form that their type's output function gives them, so that two of the same
// value are the same text.
#pragma once

#include <string>
#include <string_view>

#include "catalog/catalog.h"

namespace strata::catalog {

// '{"b":1}' of type jsonb -> {"b": 1}; '90 day' of type interval -> 90 days. Text that is not
// understood, or of a type whose text is its value, comes back as it is. What depends on the
// session is read as UTC.
std::string CanonicalLiteral(const Catalog& catalog, Oid type, std::string_view text);

// --- by type; the text as it is where it is not understood ---
std::string CanonicalJsonb(std::string_view text);
std::string CanonicalInterval(std::string_view text);
// Dates and times of day; `type`: date, timestamp or timestamptz.
std::string CanonicalTimestamp(Oid type, std::string_view text);

}  // namespace strata::catalog
