#include "migration/resets.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace strata {
namespace {

struct Leftover {
  const char* word;  // in the script, lower case
  const char* reset;
};

// RESET ALL leaves these two alone, and the history is written as the connection's own user.
constexpr Leftover kInside[] = {{"authorization", "RESET SESSION AUTHORIZATION"},
                                {"role", "RESET ROLE"}};

constexpr Leftover kAfter[] = {
    {"set", "RESET ALL"},          {"temp", "DISCARD TEMP"},
    {"prepare", "DEALLOCATE ALL"}, {"listen", "UNLISTEN *"},
    {" hold", "CLOSE ALL"},        {"advisory", "SELECT pg_catalog.pg_advisory_unlock_all()"}};

template <std::size_t N>
std::vector<const char*> Matching(const Leftover (&table)[N], std::string_view script) {
  std::string lower(script);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::vector<const char*> found;
  for (const Leftover& leftover : table) {
    if (lower.find(leftover.word) != std::string::npos) found.push_back(leftover.reset);
  }
  return found;
}

}  // namespace

std::vector<const char*> ResetsInside(std::string_view script) { return Matching(kInside, script); }
std::vector<const char*> ResetsAfter(std::string_view script) { return Matching(kAfter, script); }

}  // namespace strata
