#include "base/duration.h"

namespace strata {

std::optional<std::uint32_t> ParseDuration(std::string_view text) {
  constexpr std::uint64_t kLongest = 0x7fffffff;
  std::uint64_t number = 0;
  std::size_t digits = 0;
  while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
    number = number * 10 + static_cast<std::uint64_t>(text[digits++] - '0');
    if (number > kLongest) return std::nullopt;
  }
  if (digits == 0) return std::nullopt;
  const std::string_view unit = text.substr(digits);
  std::uint64_t factor = 0;
  if (unit.empty() || unit == "ms") factor = 1;
  if (unit == "s") factor = 1000;
  if (unit == "min" || unit == "m") factor = 60 * 1000;
  if (unit == "h") factor = 3600 * 1000;
  if (unit == "d") factor = 24 * 3600 * 1000;
  if (factor == 0 || number * factor > kLongest) return std::nullopt;
  return static_cast<std::uint32_t>(number * factor);
}

}  // namespace strata
