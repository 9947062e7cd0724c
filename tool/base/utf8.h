// UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace strata {

// Returns the offset of the first byte that is not part of a well-formed character, or npos.
std::size_t FindInvalidUtf8(std::string_view text);

}  // namespace strata
