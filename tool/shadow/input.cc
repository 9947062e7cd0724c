#include "shadow/input.h"

#include <cctype>
#include <cmath>
#include <cstdio>

namespace strata::shadow {
namespace {

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

InputResult InvalidSyntax(const std::string& type_name, std::string_view text) {
  return Refused("invalid-text-representation",
                 "invalid input syntax for type " + type_name + ": \"" + std::string(text) + "\"");
}

InputResult ReadEnum(const catalog::Type& type, std::string_view text) {
  for (const catalog::EnumLabel& label : type.labels) {
    if (label.label == text) return Accepted(TextValue(std::string(text)));
  }
  return Refused("invalid-text-representation",
                 "invalid input value for enum " + type.name + ": \"" + std::string(text) + "\"");
}

bool IsHex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

int HexDigit(char c) {
  return c <= '9' ? c - '0' : std::tolower(static_cast<unsigned char>(c)) - 'a' + 10;
}

std::size_t CharacterCount(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (c & 0xC0) != 0x80;
  return count;
}

InputResult FitLength(const StoredType& type, Value value, bool explicit_cast) {
  const auto limit = static_cast<std::size_t>(LengthLimit(type));
  const bool blank_padded = type.storage == Storage::kBpchar;
  if (CharacterCount(value.bytes) > limit) {
    std::size_t cut = 0;
    for (std::size_t characters = 0; cut < value.bytes.size(); ++cut) {
      if ((value.bytes[cut] & 0xC0) != 0x80 && characters++ == limit) break;
    }
    const bool only_blanks = value.bytes.find_first_not_of(' ', cut) == std::string::npos;
    if (!only_blanks && !explicit_cast) {
      const std::string name = blank_padded ? "character" : "character varying";
      return Refused("string-data-right-truncation",
                     "value too long for type " + name + "(" + std::to_string(limit) + ")");
    }
    value.bytes.resize(cut);
  }
  return Accepted(std::move(value));
}

InputResult FitInteger(const StoredType& type, Value value) {
  std::int64_t low = INT64_MIN, high = INT64_MAX;
  std::string name = "bigint";
  if (type.type.type == oid::kInt2) low = INT16_MIN, high = INT16_MAX, name = "smallint";
  if (type.type.type == oid::kInt4) low = INT32_MIN, high = INT32_MAX, name = "integer";
  if (type.type.type == oid::kOid) low = 0, high = UINT32_MAX, name = "oid";
  if (value.kind == Value::Kind::kReal) {
    if (!(std::fabs(value.real) < 9e15)) return {};
    value = IntegerValue(std::llrint(value.real));
  }
  if (value.integer < low || value.integer > high) {
    return Refused("numeric-value-out-of-range", name + " out of range");
  }
  return Accepted(std::move(value));
}

InputResult FitNumeric(const StoredType& type, Value value) {
  if (type.type.typmod < 4) return Accepted(std::move(value));
  const int precision = ((type.type.typmod - 4) >> 16) & 0xFFFF;
  const int scale = (((type.type.typmod - 4) & 0x7FF) ^ 1024) - 1024;
  const double number =
      value.kind == Value::Kind::kReal ? value.real : static_cast<double>(value.integer);
  if (!(std::fabs(number) < std::pow(10.0, precision - scale))) {
    return Refused("numeric-value-out-of-range", "numeric field overflow");
  }
  if (value.kind != Value::Kind::kReal || precision > 15) return Accepted(std::move(value));
  const double unit = std::pow(10.0, scale);
  value.real = std::round(number * unit) / unit;
  return Accepted(std::move(value));
}

}  // namespace

InputResult Accepted(Value value) { return {InputOutcome::kOk, std::move(value), "", ""}; }
InputResult Refused(std::string rule, std::string message) {
  return {InputOutcome::kRefused, {}, std::move(rule), std::move(message)};
}
Value TextValue(std::string text) { return {Value::Kind::kText, 0, 0, std::move(text)}; }
Value IntegerValue(std::int64_t integer) { return {Value::Kind::kInteger, integer, 0, ""}; }

std::string_view TrimBlanks(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())))
    text.remove_suffix(1);
  return text;
}

InputResult ReadBoolean(std::string_view text) {
  const std::string word = LowerAscii(TrimBlanks(text));
  const auto prefix_of = [&](std::string_view whole, std::size_t at_least) {
    return word.size() >= at_least && whole.substr(0, word.size()) == word;
  };
  if (prefix_of("true", 1) || prefix_of("yes", 1) || word == "on" || word == "1")
    return Accepted(IntegerValue(1));
  if (prefix_of("false", 1) || prefix_of("no", 1) || prefix_of("off", 2) || word == "0") {
    return Accepted(IntegerValue(0));
  }
  return InvalidSyntax("boolean", text);
}

InputResult ReadUuid(std::string_view text) {
  std::string_view body = text;
  if (body.size() > 2 && body.front() == '{' && body.back() == '}')
    body = body.substr(1, body.size() - 2);
  std::string digits;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] == '-' && i > 0 && digits.size() % 4 == 0 && body[i - 1] != '-') continue;
    if (!IsHex(body[i])) return InvalidSyntax("uuid", text);
    digits += static_cast<char>(std::tolower(static_cast<unsigned char>(body[i])));
  }
  if (digits.size() != 32 || body.back() == '-') return InvalidSyntax("uuid", text);
  for (const int at : {20, 16, 12, 8}) digits.insert(static_cast<std::size_t>(at), 1, '-');
  return Accepted(TextValue(digits));
}

InputResult ReadBytes(std::string_view text) {
  Value value{Value::Kind::kBlob, 0, 0, ""};
  if (text.substr(0, 2) == "\\x") {
    std::string digits;
    for (const char c : text.substr(2)) {
      if (std::isspace(static_cast<unsigned char>(c))) continue;
      if (!IsHex(c)) return {};
      digits += c;
    }
    if (digits.size() % 2 != 0) return {};
    for (std::size_t i = 0; i < digits.size(); i += 2) {
      value.bytes += static_cast<char>(HexDigit(digits[i]) * 16 + HexDigit(digits[i + 1]));
    }
    return Accepted(std::move(value));
  }
  if (text.find('\\') != std::string_view::npos) return {};
  value.bytes = std::string(text);
  return Accepted(std::move(value));
}

InputResult ReadText(const StoredType& type, const std::string& type_name, std::string_view text) {
  if (type.enumeration != nullptr) return ReadEnum(*type.enumeration, text);
  switch (type.storage) {
    case Storage::kBool:
      return ReadBoolean(text);
    case Storage::kInteger:
    case Storage::kFloat:
    case Storage::kNumeric:
      return ReadNumber(type, type_name, text);
    case Storage::kDate:
    case Storage::kTime:
      return ReadDateTime(type.storage, false, text);
    case Storage::kTimestamp:
      return ReadDateTime(type.storage, type.type.type == oid::kTimestamptz, text);
    case Storage::kUuid:
      return ReadUuid(text);
    case Storage::kJson:
      return ReadJson(text);
    case Storage::kBytes:
      return ReadBytes(text);
    case Storage::kArray:
      return ReadArray(text, type.element_is_number);
    case Storage::kBpchar: {
      while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
      return Accepted(TextValue(std::string(text)));
    }
    case Storage::kText:
    case Storage::kCitext:
    case Storage::kOther:
      return Accepted(TextValue(std::string(text)));
  }
  return {};
}

InputResult FitValue(const StoredType& type, Value value, bool explicit_cast) {
  if (value.kind == Value::Kind::kNull) return Accepted(std::move(value));
  const bool is_number = value.kind == Value::Kind::kInteger || value.kind == Value::Kind::kReal;
  if (type.storage == Storage::kInteger && is_number) return FitInteger(type, std::move(value));
  if (type.storage == Storage::kNumeric && is_number) return FitNumeric(type, std::move(value));
  if (value.kind == Value::Kind::kText && LengthLimit(type) >= 0) {
    return FitLength(type, std::move(value), explicit_cast);
  }
  return Accepted(std::move(value));
}

std::string QuoteText(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted.append(c == '\'' ? 2 : 1, c);
  return quoted + "'";
}

std::string QuoteName(std::string_view name) {
  std::string quoted = "\"";
  for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + "\"";
}

std::string SqliteLiteral(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kNull:
      return "NULL";
    case Value::Kind::kInteger:
      return value.integer == INT64_MIN ? "(-9223372036854775807 - 1)"
                                        : std::to_string(value.integer);
    case Value::Kind::kReal: {
      char buffer[40];
      std::snprintf(buffer, sizeof buffer, "%.15g", value.real);
      const std::string text = buffer;
      return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
    }
    case Value::Kind::kText:
      return QuoteText(value.bytes);
    case Value::Kind::kBlob: {
      static constexpr char kDigits[] = "0123456789ABCDEF";
      std::string hex = "x'";
      for (const char c : value.bytes) {
        hex += kDigits[static_cast<unsigned char>(c) >> 4];
        hex += kDigits[static_cast<unsigned char>(c) & 15];
      }
      return hex + "'";
    }
  }
  return "NULL";
}

}  // namespace strata::shadow
