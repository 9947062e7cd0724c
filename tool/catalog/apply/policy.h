// What CREATE POLICY and ALTER POLICY share.
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

std::vector<std::string> ReadPolicyRoles(Context& context, std::size_t count,
                                         sql::Node* const* roles);
// Analyses one of a policy's conditions; null where there is none.
ExprPtr ReadPolicyCondition(Context& context, const Relation& table, const sql::Node* condition);
// Stores it with what it needs.
void PutPolicy(Context& context, Policy policy);

}  // namespace strata::catalog
