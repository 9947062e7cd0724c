// What the readers of literals share.
#pragma once

#include <cctype>
#include <string>
#include <string_view>

#include "catalog/analyze/literal.h"

namespace strata::catalog {

inline bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsHex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }
inline bool IsAlpha(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

inline std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

inline std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

inline LiteralFault Syntax(std::string_view type, std::string_view text,
                           const char* rule = "invalid-text-representation") {
  return {rule,
          "invalid input syntax for type " + std::string(type) + ": \"" + std::string(text) + "\"",
          ""};
}

}  // namespace strata::catalog
