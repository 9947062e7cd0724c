// Whether a text is JSON, by RFC 8259 as json_in reads it.
#pragma once

#include <string_view>

namespace strata::catalog {

bool IsJson(std::string_view text);

}  // namespace strata::catalog
