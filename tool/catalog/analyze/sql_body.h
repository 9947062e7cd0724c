// Bodies of LANGUAGE sql functions given as strings.
#pragma once

#include <string_view>

#include "catalog/catalog.h"
#include "catalog/problem.h"
#include "sql/parse.h"

namespace strata::catalog {

// Appends what PostgreSQL refuses in the body when the function is created with
// check_function_bodies on: syntax, names and types of every query, and what the last one returns.
// `function` is the function that `statement` makes; it need not be in the catalog yet.
void CheckSqlBody(const Catalog& catalog, std::string_view script,
                  const sql::ParsedStatement& statement, const Function& function,
                  Findings* findings);

}  // namespace strata::catalog
