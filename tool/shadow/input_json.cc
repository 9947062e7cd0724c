#include <cctype>
#include <cstdio>

#include "catalog/analyze/literal_json.h"
#include "shadow/input.h"

namespace strata::shadow {
namespace {

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
    *json += is_null ? "null" : numbers_ && catalog::IsJson(value) ? value : JsonString(value);
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
  if (!catalog::IsJson(text)) {
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
