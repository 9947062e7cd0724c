// What a query's source text can name at some place of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

// Whether the item may be named at this point: LATERAL items only from inside LATERAL.
bool IsShown(const Level& level, const Visible& item);

// "did you mean …?"; "" where nothing is near.
std::string DidYouMean(std::string_view name, const std::vector<std::string>& names);

}  // namespace strata::catalog
