// Spans of time as people write them: "500ms", "2s", "5min", "1h".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strata {

// Returns milliseconds; a bare number is milliseconds, as in PostgreSQL's settings. Returns nullopt
// where `text` is not a number with one of the units ms, s, min, h, d, or is above 2^31-1 ms.
std::optional<std::uint32_t> ParseDuration(std::string_view text);

}  // namespace strata
