#include "catalog/analyze/literal.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/nearest.h"
#include "catalog/analyze/literal_json.h"
#include "catalog/analyze/literal_text.h"
#include "catalog/analyze/literal_time.h"
#include "catalog/analyze/types.h"
#include "catalog/quote.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

LiteralFault Malformed(std::string_view what, std::string_view text) {
  return {"invalid-text-representation",
          "malformed " + std::string(what) + " literal: \"" + std::string(text) + "\"", ""};
}

// --- numbers ---

LiteralFault CheckInteger(std::string_view text, std::string_view type, std::int64_t low,
                          std::int64_t high) {
  std::string_view digits = Trim(text);
  const bool negative = !digits.empty() && digits[0] == '-';
  if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) digits.remove_prefix(1);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), IsDigit))
    return Syntax(type, text);
  __int128 value = 0;
  for (const char c : digits) {
    value = value * 10 + (c - '0');
    if (value > std::numeric_limits<std::uint64_t>::max()) break;
  }
  if (negative) value = -value;
  if (value >= low && value <= high) return {};
  return {"numeric-value-out-of-range",
          "value \"" + std::string(text) + "\" is out of range for type " + std::string(type), ""};
}

bool IsDecimal(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  std::size_t i = 0, digits = 0;
  while (i < text.size() && IsDigit(text[i])) ++i, ++digits;
  if (i < text.size() && text[i] == '.') ++i;
  while (i < text.size() && IsDigit(text[i])) ++i, ++digits;
  if (digits == 0) return false;
  if (i == text.size()) return true;
  if (text[i] != 'e' && text[i] != 'E') return false;
  ++i;
  if (i < text.size() && (text[i] == '-' || text[i] == '+')) ++i;
  const std::size_t exponent = i;
  while (i < text.size() && IsDigit(text[i])) ++i;
  return i == text.size() && i > exponent;
}

bool IsSpecialNumber(std::string_view text) {
  std::string word = Lower(text);
  if (!word.empty() && (word[0] == '-' || word[0] == '+')) word.erase(0, 1);
  return word == "nan" || word == "inf" || word == "infinity";
}

LiteralFault CheckDecimal(std::string_view text, std::string_view type, bool hexadecimal_too) {
  const std::string_view number = Trim(text);
  if (IsDecimal(number) || IsSpecialNumber(number)) return {};
  if (hexadecimal_too && number.find_first_of("xX(") != std::string_view::npos) return {};
  return Syntax(type, text);
}

LiteralFault CheckBoolean(std::string_view text) {
  const std::string word = Lower(Trim(text));
  for (const std::string_view full : {"true", "false", "yes", "no"}) {
    if (!word.empty() && full.substr(0, word.size()) == word) return {};
  }
  if (word == "on" || word == "of" || word == "off" || word == "1" || word == "0") return {};
  return Syntax("boolean", text);
}

// --- uuid, bytea, json ---

bool IsUuid(std::string_view text) {
  if (!text.empty() && text[0] == '{') {
    if (text.back() != '}') return false;
    text = text.substr(1, text.size() - 2);
  }
  std::size_t i = 0;
  for (int byte = 0; byte < 16; ++byte) {
    if (i + 2 > text.size() || !IsHex(text[i]) || !IsHex(text[i + 1])) return false;
    i += 2;
    if (byte % 2 == 1 && byte < 15 && i < text.size() && text[i] == '-') ++i;
  }
  return i == text.size();
}

LiteralFault CheckBytea(std::string_view text) {
  if (text.substr(0, 2) == "\\x") {
    std::size_t digits = 0;
    for (const char c : text.substr(2)) {
      if (IsSpace(c) && digits % 2 == 0) continue;
      if (!IsHex(c)) {
        return {"invalid-parameter-value",
                "invalid hexadecimal digit: \"" + std::string(1, c) + "\"", ""};
      }
      ++digits;
    }
    if (digits % 2 == 0) return {};
    return {"invalid-parameter-value", "invalid hexadecimal data: odd number of digits", ""};
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') continue;
    if (i + 1 < text.size() && text[i + 1] == '\\') {
      ++i;
      continue;
    }
    const auto octal = [&](std::size_t at, char top) {
      return at < text.size() && text[at] >= '0' && text[at] <= top;
    };
    if (!octal(i + 1, '3') || !octal(i + 2, '7') || !octal(i + 3, '7')) {
      return {"invalid-text-representation", "invalid input syntax for type bytea", ""};
    }
    i += 3;
  }
  return {};
}

// --- arrays ---

// Reads "{…}" and judges each element. False in `sure`: the shape is not simple enough to be
// judged.
class ArrayReader {
 public:
  ArrayReader(const Catalog& catalog, Oid element, std::string_view text)
      : catalog_(catalog), element_(element), whole_(text), text_(Trim(text)) {}

  LiteralFault Check() {
    if (text_.empty() || (text_[0] != '{' && text_[0] != '[')) return Malformed("array", whole_);
    if (text_[0] == '[') return {};
    if (text_.back() != '}') return Malformed("array", whole_);
    LiteralFault fault = List(0);
    if (fault.rule.empty() && broken_) return {};
    return fault;
  }

 private:
  LiteralFault List(int depth) {
    ++at_;  // {
    for (;;) {
      Blanks();
      if (At('}')) return ++at_, LiteralFault{};
      LiteralFault fault = depth < 6 && At('{') ? List(depth + 1) : Item();
      if (!fault.rule.empty() || broken_) return fault;
      Blanks();
      if (At(',')) {
        ++at_;
      } else if (!At('}')) {
        broken_ = true;
        return {};
      }
    }
  }
  LiteralFault Item() {
    std::string value;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\' && at_ + 1 < text_.size()) {
        value += text_[++at_];
      } else if (c == '"') {
        quoted = true;
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
          if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
          value += text_[at_];
        }
      } else if (c == ',' || c == '}' || c == '{') {
        break;
      } else {
        value += c;
      }
    }
    if (at_ >= text_.size()) return Malformed("array", whole_);
    if (quoted) return CheckLiteral(catalog_, element_, value);
    const std::string_view plain = Trim(value);
    if (plain.empty()) return broken_ = true, LiteralFault{};
    if (Lower(plain) == "null") return {};
    return CheckLiteral(catalog_, element_, plain);
  }
  bool At(char c) const { return at_ < text_.size() && text_[at_] == c; }
  void Blanks() {
    while (at_ < text_.size() && IsSpace(text_[at_])) ++at_;
  }

  const Catalog& catalog_;
  Oid element_;
  std::string_view whole_, text_;
  std::size_t at_ = 0;
  bool broken_ = false;
};

// --- names of objects ---

LiteralFault CheckRegclass(const Catalog& catalog, std::string_view text) {
  if (text == "-" || (!text.empty() && std::all_of(text.begin(), text.end(), IsDigit))) return {};
  std::vector<std::string> parts;
  if (!SplitName(text, &parts)) return {"invalid-name", "invalid name syntax", ""};
  if (parts.size() > 2) return {};
  const std::string schema = parts.size() == 2 ? parts[0] : "";
  if (schema.substr(0, 7) == "pg_temp" || schema.substr(0, 8) == "pg_toast") return {};
  if (!schema.empty() && catalog.FindSchema(schema) == nullptr) {
    return {"undefined-table", "relation \"" + schema + "." + parts[1] + "\" does not exist", ""};
  }
  if (catalog.FindRelation(schema, parts.back()) != nullptr) return {};
  const std::string shown = schema.empty() ? parts[0] : schema + "." + parts[1];
  return {"undefined-table", "relation \"" + shown + "\" does not exist", ""};
}

LiteralFault CheckEnum(const Catalog& catalog, const Type& type, std::string_view text) {
  std::vector<std::string> labels;
  for (const EnumLabel& label : type.labels) {
    if (label.label == text) {
      if (label.made_in == 0 || label.made_in != catalog.session.transaction) return {};
      return {
          "unsafe-new-enum-value-usage",
          "unsafe use of new value \"" + label.label + "\" of enum type " +
              catalog.TypeName({type.oid, -1}),
          "add the value in a migration of its own: new enum values must be committed before they "
          "can be used"};
    }
    labels.push_back(label.label);
  }
  constexpr std::size_t kMostListed = 8;
  std::string help;
  if (const auto near = Nearest(text, labels)) {
    help = "did you mean \"" + *near + "\"?";
  } else if (!labels.empty() && labels.size() <= kMostListed) {
    for (const std::string& label : labels)
      help += (help.empty() ? "its values are " : ", ") + QuoteLiteral(label);
  }
  return {"invalid-text-representation",
          "invalid input value for enum " + catalog.TypeName({type.oid, -1}) + ": \"" +
              std::string(text) + "\"",
          help};
}

LiteralFault CheckRange(std::string_view text) {
  const std::string_view range = Trim(text);
  if (Lower(range) == "empty") return {};
  const bool shaped = range.size() >= 3 && (range[0] == '[' || range[0] == '(') &&
                      (range.back() == ']' || range.back() == ')') &&
                      range.find(',') != std::string_view::npos;
  return shaped ? LiteralFault{} : Malformed("range", text);
}

LiteralFault CheckNetwork(std::string_view text, std::string_view type) {
  for (const char c : text) {
    if (IsDigit(c) || c == ':') return {};
  }
  return Syntax(type, text);
}

LiteralFault CheckBase(const Catalog& catalog, Oid type, std::string_view text) {
  switch (type) {
    case kInt2:
      return CheckInteger(text, "smallint", INT16_MIN, INT16_MAX);
    case kInt4:
      return CheckInteger(text, "integer", INT32_MIN, INT32_MAX);
    case kInt8:
      return CheckInteger(text, "bigint", INT64_MIN, INT64_MAX);
    case kOid:  // a negative number is taken as the 32 bits that it is
      return CheckInteger(text, "oid", INT32_MIN, UINT32_MAX);
    case kNumeric:
      return CheckDecimal(text, "numeric", false);
    case kFloat8:
      return CheckDecimal(text, "double precision", true);
    case kFloat4:
      return CheckDecimal(text, "real", true);
    case kBool:
      return CheckBoolean(text);
    case kUuid:
      return IsUuid(text) ? LiteralFault{} : Syntax("uuid", text);
    case kBytea:
      return CheckBytea(text);
    case kJson:
    case kJsonb:
      if (IsJson(text)) return {};
      return {"invalid-text-representation", "invalid input syntax for type json", ""};
    case kDate:
      return CheckTimeLike(text, "date", true, true);
    case kTimestamp:
      return CheckTimeLike(text, "timestamp", true, true);
    case kTimestamptz:
      return CheckTimeLike(text, "timestamp with time zone", true, true);
    case kTime:
      return CheckTimeLike(text, "time", false, true);
    case kTimetz:
      return CheckTimeLike(text, "time with time zone", false, true);
    case kInterval:
      return CheckTimeLike(text, "interval", false, false);
    case kInet:
      return CheckNetwork(text, "inet");
    case kCidr:
      return CheckNetwork(text, "cidr");
    case kRegclass:
      return CheckRegclass(catalog, text);
    default:
      return {};
  }
}

}  // namespace

bool SplitName(std::string_view text, std::vector<std::string>* parts) {
  text = Trim(text);
  for (std::size_t at = 0;;) {
    std::string part;
    if (at < text.size() && text[at] == '"') {
      for (++at;; ++at) {
        if (at >= text.size()) return false;
        if (text[at] == '"') {
          if (at + 1 >= text.size() || text[at + 1] != '"') break;
          ++at;
        }
        part += text[at];
      }
      ++at;
    } else {
      while (at < text.size() && text[at] != '.' && !IsSpace(text[at])) {
        part += static_cast<char>(std::tolower(static_cast<unsigned char>(text[at++])));
      }
    }
    if (part.empty()) return false;
    parts->push_back(std::move(part));
    while (at < text.size() && IsSpace(text[at])) ++at;
    if (at == text.size()) return true;
    if (text[at] != '.') return false;
    ++at;
    while (at < text.size() && IsSpace(text[at])) ++at;
  }
}

LiteralFault CheckLiteral(const Catalog& catalog, Oid type_oid, std::string_view text) {
  const Oid base = BaseTypeOf(catalog, type_oid);
  const Type* type = catalog.type(base);
  if (type == nullptr) return {};
  if (base == kInt2Vector || base == kOidVector) return {};  // numbers with blanks between them
  if (type->is_array) return ArrayReader(catalog, type->element, text).Check();
  switch (type->kind) {
    case TypeKind::kEnum:
      return CheckEnum(catalog, *type, text);
    case TypeKind::kRange:
      return CheckRange(text);
    case TypeKind::kComposite:
      return Trim(text).substr(0, 1) == "(" ? LiteralFault{} : Malformed("record", text);
    default:
      return CheckBase(catalog, base, text);
  }
}

}  // namespace strata::catalog
