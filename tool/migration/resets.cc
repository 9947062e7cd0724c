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
std::vector<const char*> Matching(const Leftover (&table)[N], const std::string& lower) {
  std::vector<const char*> found;
  for (const Leftover& leftover : table) {
    if (lower.find(leftover.word) != std::string::npos) found.push_back(leftover.reset);
  }
  return found;
}

}  // namespace

Resets ResetsOf(std::string_view script, std::string_view verify) {
  std::string lower(script);
  lower.append("\n").append(verify);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return {Matching(kInside, lower), Matching(kAfter, lower)};
}

std::string InTransaction(const std::vector<const char*>& resets) {
  if (resets.empty()) return "";
  std::string message = "BEGIN";
  for (const char* reset : resets) message.append("; ").append(reset);
  return message + "; COMMIT";
}

}  // namespace strata
