// Bounds of partitions, compared by their words as far as that is certain: numbers, ISO dates and
// times, and what is the same word for word.
#pragma once

#include <string>
#include <vector>

namespace strata::catalog {

struct Bound {
  char strategy = 0;  // 'r', 'l', 'h'; 0: DEFAULT, or not known
  // Values as they are printed: 1, 'a', MINVALUE, NULL. Of a list, all of them are in `lower`.
  std::vector<std::string> lower, upper;
  int modulus = 0, remainder = 0;
};

// Reads FOR VALUES ….
Bound ReadBoundWords(const std::string& words);

// Whether nothing can lie between the bounds, for certain.
bool IsEmptyRange(const Bound& bound);

// Whether some value belongs to both, for certain.
bool Overlap(const Bound& a, const Bound& b);

}  // namespace strata::catalog
