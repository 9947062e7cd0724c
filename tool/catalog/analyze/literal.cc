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
#include "catalog/analyze/types.h"
#include "catalog/quote.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

bool IsSpace(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }
bool IsAlpha(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

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

LiteralFault Syntax(std::string_view type, std::string_view text,
                    const char* rule = "invalid-text-representation") {
  return {rule,
          "invalid input syntax for type " + std::string(type) + ": \"" + std::string(text) + "\"",
          ""};
}

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

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}
  bool Whole() {
    if (!Value(0)) return false;
    Blanks();
    return at_ == text_.size();
  }

 private:
  void Blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }
  bool Take(char c) {
    Blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return at_ == text_.size() ||
           !(IsAlpha(text_[at_]) || IsDigit(text_[at_]) || text_[at_] == '_');
  }
  bool Text() {
    Blanks();
    if (at_ >= text_.size() || text_[at_] != '"') return false;
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') return ++at_, true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c != '\\') continue;
      if (++at_ >= text_.size()) return false;
      if (text_[at_] == 'u') {
        for (int i = 1; i <= 4; ++i) {
          if (at_ + i >= text_.size() || !IsHex(text_[at_ + i])) return false;
        }
        at_ += 4;
      } else if (std::string_view("\"\\/bfnrt").find(text_[at_]) == std::string_view::npos) {
        return false;
      }
    }
    return false;
  }
  bool Number() {
    if (at_ < text_.size() && text_[at_] == '-') ++at_;
    const std::size_t whole = at_;
    while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
    if (at_ == whole || (text_[whole] == '0' && at_ - whole > 1)) return false;
    if (at_ < text_.size() && text_[at_] == '.') {
      const std::size_t fraction = ++at_;
      while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
      if (at_ == fraction) return false;
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '-' || text_[at_] == '+')) ++at_;
      const std::size_t exponent = at_;
      while (at_ < text_.size() && IsDigit(text_[at_])) ++at_;
      if (at_ == exponent) return false;
    }
    return at_ == text_.size() || !(IsAlpha(text_[at_]) || text_[at_] == '_');
  }
  bool Value(int depth) {
    if (depth > 2000) return true;
    Blanks();
    if (at_ >= text_.size()) return false;
    switch (text_[at_]) {
      case '"':
        return Text();
      case 't':
        return Word("true");
      case 'f':
        return Word("false");
      case 'n':
        return Word("null");
      case '[':
        return List(depth);
      case '{':
        return Object(depth);
      default:
        return Number();
    }
  }
  bool List(int depth) {
    ++at_;
    if (Take(']')) return true;
    do {
      if (!Value(depth + 1)) return false;
    } while (Take(','));
    return Take(']');
  }
  bool Object(int depth) {
    ++at_;
    if (Take('}')) return true;
    do {
      if (!Text() || !Take(':') || !Value(depth + 1)) return false;
    } while (Take(','));
    return Take('}');
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// --- dates and times ---

std::optional<int> TakeNumber(std::string_view* text, std::size_t least, std::size_t most) {
  std::size_t n = 0;
  int value = 0;
  while (n < text->size() && n < most && IsDigit((*text)[n]))
    value = value * 10 + ((*text)[n++] - '0');
  if (n < least || (n < text->size() && IsDigit((*text)[n]))) return std::nullopt;
  text->remove_prefix(n);
  return value;
}

int DaysIn(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

enum class Reading { kFits, kOutOfRange, kOther };

// yyyy-mm-dd
Reading ReadDate(std::string_view* text) {
  const auto year = TakeNumber(text, 4, 4);
  if (!year || text->empty() || text->front() != '-') return Reading::kOther;
  text->remove_prefix(1);
  const auto month = TakeNumber(text, 1, 2);
  if (!month || text->empty() || text->front() != '-') return Reading::kOther;
  text->remove_prefix(1);
  const auto day = TakeNumber(text, 1, 2);
  if (!day) return Reading::kOther;
  if (text->find("BC") != std::string_view::npos || text->find("bc") != std::string_view::npos)
    return Reading::kOther;
  const bool fits =
      *year >= 1 && *month >= 1 && *month <= 12 && *day >= 1 && *day <= DaysIn(*year, *month);
  return fits ? Reading::kFits : Reading::kOutOfRange;
}

// hh:mm[:ss[.f]]
Reading ReadTime(std::string_view* text) {
  const auto hour = TakeNumber(text, 1, 2);
  if (!hour || text->empty() || text->front() != ':') return Reading::kOther;
  text->remove_prefix(1);
  const auto minute = TakeNumber(text, 2, 2);
  if (!minute) return Reading::kOther;
  int second = 0;
  if (!text->empty() && text->front() == ':') {
    text->remove_prefix(1);
    const auto read = TakeNumber(text, 2, 2);
    if (!read) return Reading::kOther;
    second = *read;
  }
  if (text->find("PM") != std::string_view::npos || text->find("pm") != std::string_view::npos ||
      text->find("AM") != std::string_view::npos || text->find("am") != std::string_view::npos) {
    return Reading::kOther;
  }
  const bool fits = *hour <= 24 && *minute <= 59 && second <= 60;
  return fits ? Reading::kFits : Reading::kOutOfRange;
}

LiteralFault OutOfRange(std::string_view text) {
  return {"datetime-field-overflow",
          "date/time field value out of range: \"" + std::string(text) + "\"", ""};
}

// Without a digit only these words make a date or time.
bool HasTimeWord(std::string_view text) {
  std::string word;
  for (char c : Lower(text) + " ") {
    if (c >= 'a' && c <= 'z') {
      word += c;
      continue;
    }
    for (const char* known :
         {"now", "today", "tomorrow", "yesterday", "epoch", "infinity", "allballs"}) {
      if (word == known) return true;
    }
    word.clear();
  }
  return false;
}

LiteralFault CheckTimeLike(std::string_view text, std::string_view type, bool with_date,
                           bool words) {
  const bool digits = std::any_of(text.begin(), text.end(), IsDigit);
  if (!digits) {
    if (words && HasTimeWord(text)) return {};
    return Syntax(type, text, "invalid-datetime-format");
  }
  std::string_view rest = Trim(text);
  const bool number = std::all_of(rest.begin(), rest.end(), IsDigit);
  if (with_date && number && rest.size() < 5) return Syntax(type, text, "invalid-datetime-format");
  if (with_date) {
    const Reading date = ReadDate(&rest);
    if (date == Reading::kOutOfRange) return OutOfRange(text);
    if (date == Reading::kOther) return {};
    if (rest.empty() || (rest[0] != ' ' && rest[0] != 'T')) return {};
    rest.remove_prefix(1);
    rest = Trim(rest);
  }
  if (!words) return {};  // an interval
  return ReadTime(&rest) == Reading::kOutOfRange ? OutOfRange(text) : LiteralFault{};
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

bool IsJson(std::string_view text) { return JsonReader(text).Whole(); }

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
