#include <cctype>
#include <cstdio>

#include "shadow/input.h"

namespace strata::shadow {
namespace {

// RFC 8259, as json_in checks it.
class JsonChecker {
 public:
  explicit JsonChecker(std::string_view text) : text_(text) {}
  bool Valid() { return Element(0) && at_ == text_.size(); }

 private:
  static constexpr int kDeepest = 500;

  void Blanks() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  bool Digits() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_]))) ++at_;
    return at_ > begin;
  }
  bool Number() {
    Take('-');
    if (!Take('0') && !Digits()) return false;
    if (Take('.') && !Digits()) return false;
    if (!Take('e') && !Take('E')) return true;
    if (!Take('+')) Take('-');
    return Digits();
  }
  bool String() {
    if (!Take('"')) return false;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
      if (text_[at_++] == '\\' && !Escape()) return false;
    }
    return Take('"');
  }
  bool Escape() {
    if (!Take('u')) {
      return at_ < text_.size() &&
             std::string_view("\"\\/bfnrt").find(text_[at_++]) != std::string_view::npos;
    }
    for (int i = 0; i < 4; ++i, ++at_) {
      if (at_ >= text_.size() || !std::isxdigit(static_cast<unsigned char>(text_[at_])))
        return false;
    }
    return true;
  }
  bool Element(int depth) {
    Blanks();
    const bool valid = depth < kDeepest && Inner(depth);
    Blanks();
    return valid;
  }
  bool Inner(int depth) {
    if (at_ >= text_.size()) return false;
    switch (text_[at_]) {
      case '{':
        return Members('}', depth);
      case '[':
        return Members(']', depth);
      case '"':
        return String();
      case 't':
        return Word("true");
      case 'f':
        return Word("false");
      case 'n':
        return Word("null");
      default:
        return Number();
    }
  }
  bool Members(char close, int depth) {
    ++at_;
    Blanks();
    if (Take(close)) return true;
    do {
      Blanks();
      if (close == '}') {
        if (!String()) return false;
        Blanks();
        if (!Take(':')) return false;
      }
      if (!Element(depth + 1)) return false;
    } while (Take(','));
    return Take(close);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// array_in, without dimension decorations.
class ArrayReader {
 public:
  ArrayReader(std::string_view text, bool numbers) : text_(text), numbers_(numbers) {}
  bool Read(std::string* json) {
    Blanks();
    if (!Array(json)) return false;
    Blanks();
    return at_ == text_.size();
  }

 private:
  void Blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool Take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Array(std::string* json) {
    if (!Take('{')) return false;
    *json += '[';
    Blanks();
    if (!Take('}')) {
      do {
        if (json->back() != '[') *json += ',';
        Blanks();
        if (!Element(json)) return false;
        Blanks();
      } while (Take(','));
      if (!Take('}')) return false;
    }
    *json += ']';
    return true;
  }
  bool Element(std::string* json) {
    if (at_ < text_.size() && text_[at_] == '{') return Array(json);
    std::string value;
    const bool quoted = Take('"');
    while (at_ < text_.size() &&
           (quoted ? text_[at_] != '"' : text_[at_] != ',' && text_[at_] != '}')) {
      if (text_[at_] == '\\') ++at_;
      if (at_ < text_.size()) value += text_[at_++];
    }
    if (quoted && !Take('"')) return false;
    if (!quoted) value = std::string(TrimBlanks(value));
    if (!quoted && value.empty()) return false;
    const bool is_null = !quoted && (value == "NULL" || value == "null");
    *json += is_null ? "null" : numbers_ && JsonChecker(value).Valid() ? value : JsonString(value);
    return true;
  }

  std::string_view text_;
  bool numbers_;
  std::size_t at_ = 0;
};

}  // namespace

std::string JsonString(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
      quoted += buffer;
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

InputResult ReadJson(std::string_view text) {
  if (!JsonChecker(text).Valid()) {
    return Refused("invalid-text-representation", "invalid input syntax for type json");
  }
  return Accepted(TextValue(std::string(TrimBlanks(text))));
}

InputResult ReadArray(std::string_view text, bool numbers) {
  std::string json;
  if (!ArrayReader(text, numbers).Read(&json)) return {};
  return Accepted(TextValue(json));
}

}  // namespace strata::shadow
