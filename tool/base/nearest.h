// "did you mean": the one place that decides what is near enough to suggest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strata {

// Returns the candidate nearest to `word` by edit distance with transpositions (case folded), where
// it is near enough to be a likely slip (a third of the longer word, at least 1); else nullopt.
std::optional<std::string> Nearest(std::string_view word,
                                   const std::vector<std::string>& candidates);

}  // namespace strata
