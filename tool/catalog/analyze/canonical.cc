#include "catalog/analyze/canonical.h"

#include <algorithm>
#include <cctype>

#include "catalog/analyze/types.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::string_view Trim(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return text;
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

std::string Boolean(std::string_view text) {
  const std::string word = Lower(Trim(text));
  if (word.empty()) return std::string(text);
  const bool on = word == "on" || word == "1" || std::string("true").starts_with(word) ||
                  std::string("yes").starts_with(word);
  return on ? "true" : "false";
}

// Digits with an optional sign and fraction; other forms stay as they are.
std::string Number(std::string_view text) {
  const std::string_view trimmed = Trim(text);
  std::string_view rest = trimmed;
  std::string sign;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    if (rest[0] == '-') sign = "-";
    rest.remove_prefix(1);
  }
  const bool plain = !rest.empty() && rest.find_first_not_of("0123456789.") == rest.npos &&
                     std::count(rest.begin(), rest.end(), '.') <= 1;
  if (!plain) return std::string(trimmed);
  while (rest.size() > 1 && rest[0] == '0' && IsDigit(rest[1])) rest.remove_prefix(1);
  std::string digits(rest);
  if (digits[0] == '.') digits.insert(0, "0");
  if (digits.back() == '.') digits.pop_back();
  const bool zero = digits.find_first_not_of("0.") == std::string::npos;
  return (zero ? "" : sign) + digits;
}

std::string Floating(std::string_view text) {
  std::string number = Number(text);
  if (number.find('.') == std::string::npos || number.find_first_of("eE") != std::string::npos)
    return number;
  while (number.back() == '0') number.pop_back();
  if (number.back() == '.') number.pop_back();
  return number;
}

std::string Bytea(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  if (text.starts_with("\\x")) {
    std::string digits;
    for (char c : Lower(text.substr(2))) {
      if (!IsSpace(c)) digits += c;
    }
    return "\\x" + digits;
  }
  std::string result = "\\x";
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '\\') {
      ++i;
    } else if (text[i] == '\\' && i + 3 < text.size() && IsDigit(text[i + 1])) {
      byte = static_cast<unsigned char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                        (text[i + 3] - '0'));
      i += 3;
    }
    result += kHex[byte >> 4];
    result += kHex[byte & 15];
  }
  return result;
}

std::string Uuid(std::string_view text) {
  std::string digits;
  for (char c : Lower(text)) {
    if (std::isxdigit(static_cast<unsigned char>(c)) != 0) digits += c;
  }
  if (digits.size() != 32) return std::string(text);
  for (std::size_t at : {20, 16, 12, 8}) digits.insert(at, "-");
  return digits;
}

// Reads "{…}" of one or more dimensions and writes it as array_out does.
class ArrayWriter {
 public:
  ArrayWriter(const Catalog& catalog, Oid element, std::string_view text)
      : catalog_(catalog), element_(element), text_(Trim(text)) {}

  bool Write(std::string* result) {
    return !text_.empty() && text_[0] == '{' && List(result) && at_ == text_.size();
  }

 private:
  bool List(std::string* result) {
    ++at_;
    *result += '{';
    for (bool first = true;; first = false) {
      Blanks();
      if (at_ >= text_.size()) return false;
      if (text_[at_] == '}') break;
      if (!first) {
        if (text_[at_++] != ',') return false;
        *result += ',';
        Blanks();
      }
      if (at_ >= text_.size()) return false;
      if (!(text_[at_] == '{' ? List(result) : Item(result))) return false;
    }
    ++at_;
    *result += '}';
    return true;
  }

  bool Item(std::string* result) {
    std::string value;
    const bool quoted = text_[at_] == '"';
    if (quoted) ++at_;
    for (;; ++at_) {
      if (at_ >= text_.size()) return false;
      const char c = text_[at_];
      if (quoted ? c == '"' : (c == ',' || c == '}')) break;
      if (c == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_];
    }
    if (quoted) {
      ++at_;
    } else {
      value = std::string(Trim(value));
      if (value.empty()) return false;
      if (Lower(value) == "null") return *result += "NULL", true;
    }
    if (element_ == kBool) {
      *result += Boolean(value)[0];
    } else {
      Append(CanonicalLiteral(catalog_, element_, value), result);
    }
    return true;
  }

  static void Append(const std::string& value, std::string* result) {
    const bool plain = !value.empty() && Lower(value) != "null" &&
                       value.find_first_of("{}\",\\ \t\n\v\f\r") == std::string::npos;
    if (plain) {
      *result += value;
      return;
    }
    *result += '"';
    for (char c : value) {
      if (c == '"' || c == '\\') *result += '\\';
      *result += c;
    }
    *result += '"';
  }

  void Blanks() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
  }

  const Catalog& catalog_;
  Oid element_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string CanonicalLiteral(const Catalog& catalog, Oid type_oid, std::string_view text) {
  const Oid base = BaseTypeOf(catalog, type_oid);
  const Type* type = catalog.type(base);
  if (type != nullptr && type->is_array) {
    std::string array;
    return ArrayWriter(catalog, type->element, text).Write(&array) ? array : std::string(text);
  }
  switch (base) {
    case kBool:
      return Boolean(text);
    case kInt2:
    case kInt4:
    case kInt8:
    case kNumeric:
      return Number(text);
    case kFloat4:
    case kFloat8:
      return Floating(text);
    case kBytea:
      return Bytea(text);
    case kUuid:
      return Uuid(text);
    case kJsonb:
      return CanonicalJsonb(text);
    case kInterval:
      return CanonicalInterval(text);
    case kDate:
    case kTimestamp:
    case kTimestamptz:
      return CanonicalTimestamp(base, text);
    case kRegconfig:
    case kRegdictionary:
      for (std::string_view usual : {"pg_catalog.", "public."}) {
        if (text.starts_with(usual)) return std::string(text.substr(usual.size()));
      }
      return std::string(text);
    default:
      return std::string(text);
  }
}

}  // namespace strata::catalog
