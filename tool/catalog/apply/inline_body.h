// Bodies of SQL functions that are part of the statement: RETURN …, BEGIN ATOMIC … END.
#pragma once

#include <vector>

#include "catalog/catalog.h"
#include "catalog/problem.h"
#include "sql/tree.h"

namespace strata::catalog {

// `findings` gets what is wrong in it.
InlineBody ReadInlineBody(const Catalog& catalog, const Function& function, const sql::Node* body,
                          Findings* findings);
std::vector<ObjectRef> ReferencesOf(const InlineBody& body);

}  // namespace strata::catalog
