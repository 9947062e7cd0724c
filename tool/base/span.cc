#include "base/span.h"

#include <algorithm>

namespace strata {
namespace {

bool StartsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

}  // namespace

LineColumn PlaceOf(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  LineColumn place;
  std::size_t line_begin = 0;
  for (std::size_t end; (end = text.find('\n', line_begin)) < offset; line_begin = end + 1) {
    ++place.line;
  }
  for (std::size_t i = line_begin; i < offset; ++i) place.column += StartsCharacter(text[i]);
  return place;
}

std::size_t ByteOfCharacter(std::string_view text, std::size_t character) {
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (!StartsCharacter(text[i])) continue;
    if (character-- == 0) break;
  }
  return i;
}

}  // namespace strata
