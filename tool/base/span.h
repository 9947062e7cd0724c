// Positions. Everywhere inside, a position is a byte offset from 0 and a Span is half open; line
// and column exist only where something is printed.
#pragma once

#include <cstddef>
#include <string_view>

namespace strata {

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator==(const Span& other) const { return begin == other.begin && end == other.end; }
};

// A place as people count it: lines and characters (not bytes) from 1.
struct LineColumn {
  int line = 1;
  int column = 1;
};

// Returns the place of byte `offset` in UTF-8 `text`; past the end counts as the end.
LineColumn PlaceOf(std::string_view text, std::size_t offset);

// Returns the byte offset of the `character`-th character (from 0) of UTF-8 `text`; past the end
// counts as the end. PostgreSQL and libpg_query count error positions in characters.
std::size_t ByteOfCharacter(std::string_view text, std::size_t character);

}  // namespace strata
