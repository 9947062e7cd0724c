// What Session::doubtful may hold beside names and prefixes.
#pragma once

#include <string_view>

namespace strata::catalog {

// An extension whose contents are not known may have brought types, functions, operators and whole
// schemas, but no table or column of the migrations' own.
constexpr std::string_view kFromExtension = "extension *";

}  // namespace strata::catalog
