// Text that is safe to print, whatever bytes it came from.
#pragma once

#include <string>
#include <string_view>

namespace strata {

// Returns `text` with every byte that is not part of a well-formed UTF-8 character replaced by
// U+FFFD.
std::string ValidUtf8(std::string_view text);

}  // namespace strata
