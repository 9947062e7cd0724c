#include <cctype>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "shadow/input.h"

namespace strata::shadow {
namespace {

struct Shape {
  bool valid = false;
  bool integer = true;  // no point and no exponent
  int digits = 0;       // significant ones
};

// [+-] digits [. digits] [e [+-] digits], as numeric_in and float8in take it.
Shape ShapeOf(std::string_view text) {
  Shape shape;
  std::size_t i = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  int all = 0;
  for (bool point = false; i < text.size(); ++i) {
    if (std::isdigit(static_cast<unsigned char>(text[i]))) {
      ++all;
      if (shape.digits > 0 || text[i] != '0') ++shape.digits;
    } else if (text[i] == '.' && !point) {
      point = true;
      shape.integer = false;
    } else {
      break;
    }
  }
  if (all == 0) return shape;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    shape.integer = false;
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (i == text.size()) return shape;
    while (i < text.size() && std::isdigit(static_cast<unsigned char>(text[i]))) ++i;
  }
  shape.valid = i == text.size();
  return shape;
}

bool IsSpecial(std::string_view text) {
  std::string word;
  for (const char c : text) word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (!word.empty() && (word[0] == '+' || word[0] == '-')) word.erase(0, 1);
  return word == "nan" || word == "inf" || word == "infinity";
}

}  // namespace

InputResult ReadNumber(const StoredType& type, const std::string& type_name,
                       std::string_view text) {
  const std::string trimmed(TrimBlanks(text));
  const Shape shape = ShapeOf(trimmed);
  const bool wants_integer = type.storage == Storage::kInteger;
  if (!wants_integer && IsSpecial(trimmed)) return {};
  if (!shape.valid || (wants_integer && !shape.integer)) {
    return Refused("invalid-text-representation", "invalid input syntax for type " + type_name +
                                                      ": \"" + std::string(text) + "\"");
  }
  if (shape.integer) {
    errno = 0;
    long long integer = std::strtoll(trimmed.c_str(), nullptr, 10);
    // A negative number is taken as the 32 bits that it is.
    if (type.type.type == oid::kOid && integer < 0 && integer >= INT32_MIN) integer += 1LL << 32;
    const bool fits =
        errno == 0 && FitValue(type, IntegerValue(integer), false).outcome == InputOutcome::kOk;
    if (errno == 0 && (fits || !wants_integer)) {
      if (type.storage != Storage::kFloat) return Accepted(IntegerValue(integer));
    } else if (wants_integer) {
      return Refused("numeric-value-out-of-range",
                     "value \"" + std::string(text) + "\" is out of range for type " + type_name);
    }
  }
  if (shape.digits > 15) return {};
  Value value;
  value.kind = Value::Kind::kReal;
  value.real = std::strtod(trimmed.c_str(), nullptr);
  if (!std::isfinite(value.real)) return {};
  return Accepted(std::move(value));
}

}  // namespace strata::shadow
