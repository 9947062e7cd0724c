#include "catalog/analyze/literal_json.h"

#include "catalog/analyze/literal_text.h"

namespace strata::catalog {
namespace {

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

}  // namespace

bool IsJson(std::string_view text) { return JsonReader(text).Whole(); }

}  // namespace strata::catalog
