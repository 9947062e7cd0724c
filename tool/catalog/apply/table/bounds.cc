#include "catalog/apply/table/bounds.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "sql/token.h"

namespace strata::catalog {
namespace {

// Reads "(a, b)" at `at` and moves behind it.
std::vector<std::string> ReadList(const std::string& words, std::size_t* at) {
  std::vector<std::string> items;
  std::string item;
  int depth = 0;
  for (;;) {
    const sql::Token token = sql::NextToken(words, *at);
    if (token.kind == sql::TokenKind::kEnd) return {};
    const std::string text = words.substr(token.span.begin, token.span.end - token.span.begin);
    *at = token.span.end;
    depth += text == "(" ? 1 : text == ")" ? -1 : 0;
    const bool outer = (text == "(" && depth == 1) || (text == "," && depth == 1) || depth == 0;
    if (!outer) item += text;
    if (outer && text != "(") {
      items.push_back(item);
      item.clear();
    }
    if (depth == 0) return items;
  }
}

bool IsWord(std::string_view value, std::string_view word) {
  return value.size() == word.size() &&
         std::equal(value.begin(), value.end(), word.begin(), [](char a, char b) {
           return std::tolower(static_cast<unsigned char>(a)) == b;
         });
}

std::optional<long double> NumberOf(const std::string& value) {
  constexpr std::size_t kExact = 18;  // digits that a long double holds for certain
  const bool digits = !value.empty() && value.size() <= kExact &&
                      value.find_first_not_of("0123456789.-") == std::string::npos;
  char* end = nullptr;
  const long double number = digits ? std::strtold(value.c_str(), &end) : 0;
  if (!digits || end != value.c_str() + value.size()) return std::nullopt;
  return number;
}

// '2026-01-31' and '2026-01-31 12:00:00' sort as they are written.
bool IsTime(const std::string& value) {
  constexpr std::string_view kDate = "'dddd-dd-dd'", kTime = "'dddd-dd-dd dd:dd:dd'";
  std::string shape;
  for (char c : value) shape += std::isdigit(static_cast<unsigned char>(c)) ? 'd' : c;
  return shape == kDate || shape == kTime;
}

// -1, 0, 1; nullopt: not certain.
std::optional<int> CompareValues(const std::string& a, const std::string& b) {
  const auto rank = [](const std::string& v) {
    return IsWord(v, "minvalue") ? -1 : IsWord(v, "maxvalue") ? 1 : 0;
  };
  if (rank(a) != 0 || rank(b) != 0) return rank(a) < rank(b) ? -1 : rank(a) > rank(b);
  const auto x = NumberOf(a), y = NumberOf(b);
  if (x && y) return *x < *y ? -1 : *x > *y;
  if (a == b) return 0;
  if (IsTime(a) && IsTime(b) && a.size() == b.size()) return a < b ? -1 : 1;
  return std::nullopt;
}

std::optional<int> Compare(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  if (a.size() != b.size()) return std::nullopt;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::optional<int> order = CompareValues(a[i], b[i]);
    if (!order || *order != 0) return order;
    if (IsWord(a[i], "minvalue") || IsWord(a[i], "maxvalue")) return 0;
  }
  return 0;
}

bool Before(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return Compare(a, b) == std::optional<int>(-1);
}

}  // namespace

Bound ReadBoundWords(const std::string& words) {
  constexpr std::string_view kRange = "FOR VALUES FROM ", kList = "FOR VALUES IN ",
                             kHash = "FOR VALUES WITH (modulus ", kRemainder = ", remainder ";
  Bound bound;
  std::size_t at = 0;
  if (words.starts_with(kRange)) {
    bound.strategy = 'r';
    at = kRange.size();
    bound.lower = ReadList(words, &at);
    at = std::min(at + std::string_view(" TO ").size(), words.size());
    bound.upper = ReadList(words, &at);
  } else if (words.starts_with(kList)) {
    bound.strategy = 'l';
    at = kList.size();
    bound.lower = ReadList(words, &at);
  } else if (words.starts_with(kHash)) {
    bound.strategy = 'h';
    bound.modulus = std::atoi(words.c_str() + kHash.size());
    const std::size_t remainder = words.find(kRemainder);
    if (remainder != std::string::npos)
      bound.remainder = std::atoi(words.c_str() + remainder + kRemainder.size());
  }
  return bound;
}

bool IsEmptyRange(const Bound& bound) {
  if (bound.strategy != 'r') return false;
  const std::optional<int> order = Compare(bound.lower, bound.upper);
  return order && *order >= 0;
}

bool Overlap(const Bound& a, const Bound& b) {
  if (a.strategy == 0 || a.strategy != b.strategy) return false;
  if (a.strategy == 'r') return Before(a.lower, b.upper) && Before(b.lower, a.upper);
  if (a.strategy == 'h') {
    const int least = std::min(a.modulus, b.modulus);
    return least > 0 && a.remainder % least == b.remainder % least;
  }
  return std::any_of(a.lower.begin(), a.lower.end(), [&](const std::string& value) {
    return std::any_of(b.lower.begin(), b.lower.end(), [&](const std::string& other) {
      return CompareValues(value, other) == std::optional<int>(0);
    });
  });
}

}  // namespace strata::catalog
