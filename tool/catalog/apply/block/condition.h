// Conditions of a block that ask what the schema holds: EXISTS (SELECT … FROM pg_type WHERE
// typname = 'mood'), to_regclass('users') IS NULL.
#pragma once

#include <optional>
#include <string>

#include "catalog/apply/block/text.h"
#include "catalog/catalog.h"

namespace strata::catalog {

// Whether the condition holds; nullopt: it asks for rows, settings or roles, or for something that
// is in doubt or built in.
std::optional<bool> Decide(const Catalog& catalog, const std::string& condition,
                           const Variables& variables);

}  // namespace strata::catalog
