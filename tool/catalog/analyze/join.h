// The columns of a join: those that USING and NATURAL make one, and the rest.
#pragma once

#include <string>
#include <vector>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

// The names that both sides of a NATURAL join have.
std::vector<std::string> CommonNames(const std::vector<Visible>& left,
                                     const std::vector<Visible>& right);

// The columns of `names` first, once each, then the others of the left and the right side.
// `known`: both sides are known whole, so that a name that is not there is reported.
std::vector<VisibleColumn> MergedColumns(Analysis* analysis, Level* level,
                                         const sql::JoinExpr* join,
                                         const std::vector<std::string>& names,
                                         const std::vector<Visible>& left,
                                         const std::vector<Visible>& right, bool known);

}  // namespace strata::catalog
