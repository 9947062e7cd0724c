#include <algorithm>
#include <map>

#include "catalog/analyze/canonical.h"
#include "catalog/analyze/literal_json.h"

namespace strata::catalog {

namespace {

// Keys in jsonb's order: the shorter first, then by bytes.
struct KeyOrder {
  bool operator()(const std::string& x, const std::string& y) const {
    return x.size() != y.size() ? x.size() < y.size() : x < y;
  }
};

void AppendUtf8(unsigned code, std::string* text) {
  auto add = [&](unsigned byte) { *text += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6));
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

// Rewrites text that IsJson has accepted.
class Rewriter {
 public:
  explicit Rewriter(std::string_view text) : text_(text) {}

  std::string Value() {
    Blanks();
    switch (text_[at_]) {
      case '{':
        return Object();
      case '[':
        return List();
      case '"':
        return Quoted(Text());
      default:
        return Scalar();
    }
  }

 private:
  std::string Object() {
    std::map<std::string, std::string, KeyOrder> members;
    ++at_;
    for (Blanks(); text_[at_] != '}'; Blanks()) {
      if (text_[at_] == ',') ++at_;
      Blanks();
      const std::string key = Text();
      Blanks();
      ++at_;  // :
      members[key] = Value();
    }
    ++at_;
    std::string result;
    for (const auto& [key, value] : members)
      result += (result.empty() ? "" : ", ") + Quoted(key) + ": " + value;
    return "{" + result + "}";
  }

  std::string List() {
    std::string result;
    ++at_;
    for (Blanks(); text_[at_] != ']'; Blanks()) {
      if (text_[at_] == ',') {
        ++at_;
        result += ", ";
      }
      result += Value();
    }
    ++at_;
    return "[" + result + "]";
  }

  std::string Scalar() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == text_.npos)
      ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  unsigned Hex() {
    unsigned code = 0;
    for (int i = 0; i < 4; ++i) {
      const char c = text_[at_++];
      code = code * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return code;
  }

  // The value of the string that begins here.
  std::string Text() {
    std::string value;
    for (++at_; text_[at_] != '"';) {
      const char c = text_[at_++];
      if (c != '\\') {
        value += c;
        continue;
      }
      const char escape = text_[at_++];
      constexpr std::string_view kLetters = "bfnrt", kValues = "\b\f\n\r\t";
      if (escape == 'u') {
        unsigned code = Hex();
        if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
          at_ += 2;
          code = 0x10000 + ((code - 0xD800) << 10) + (Hex() - 0xDC00);
        }
        AppendUtf8(code, &value);
      } else {
        const std::size_t letter = kLetters.find(escape);
        value += letter == kLetters.npos ? escape : kValues[letter];
      }
    }
    ++at_;
    return value;
  }

  static std::string Quoted(const std::string& value) {
    constexpr std::string_view kLetters = "bfnrt", kValues = "\b\f\n\r\t";
    std::string text = "\"";
    for (char c : value) {
      const std::size_t letter = kValues.find(c);
      if (c == '"' || c == '\\') {
        text += '\\';
        text += c;
      } else if (letter != kValues.npos) {
        text += '\\';
        text += kLetters[letter];
      } else {
        text += c;
      }
    }
    return text + "\"";
  }

  void Blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string CanonicalJsonb(std::string_view text) {
  return IsJson(text) ? Rewriter(text).Value() : std::string(text);
}

}  // namespace strata::catalog
