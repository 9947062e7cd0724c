// The statement kinds: one file in statement/ each, named after its node of the parse tree
// (statement/index_stmt.cc for IndexStmt), which defines this function for it. The table in
// apply.cc is made from that folder.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

#define STRATA_STATEMENT(type, case_name) \
  void ApplyStatement(Context& context, const sql::type& statement);
#include "catalog/apply/statements.inc"
#undef STRATA_STATEMENT

// Applies the statement that a node is, inside another (an element of CREATE SCHEMA).
void ApplyNode(Context& context, const sql::Node* node);

}  // namespace strata::catalog
