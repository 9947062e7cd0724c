#include "catalog/analyze/json_tree.h"

namespace strata::catalog {

namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool Value(JsonTree* tree, int depth) {
    if (depth > 500) return false;
    Blanks();
    if (at_ >= text_.size()) return false;
    if (text_[at_] == '"') return String(&tree->text);
    if (text_[at_] == '[') return List(tree, depth);
    if (text_[at_] == '{') return Object(tree, depth);
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos)
      ++at_;
    tree->text = text_.substr(begin, at_ - begin);
    return at_ > begin;
  }

 private:
  void Blanks() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }
  bool Take(char c) {
    Blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool List(JsonTree* tree, int depth) {
    ++at_;
    if (Take(']')) return true;
    do {
      tree->items.emplace_back();
      if (!Value(&tree->items.back(), depth + 1)) return false;
    } while (Take(','));
    return Take(']');
  }
  bool Object(JsonTree* tree, int depth) {
    ++at_;
    if (Take('}')) return true;
    do {
      std::string key;
      Blanks();
      if (!String(&key) || !Take(':')) return false;
      tree->members.emplace_back(std::move(key), JsonTree());
      if (!Value(&tree->members.back().second, depth + 1)) return false;
    } while (Take(','));
    return Take('}');
  }
  bool String(std::string* out) {
    if (at_ >= text_.size() || text_[at_] != '"') return false;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] != '\\') {
        *out += text_[at_];
        continue;
      }
      if (++at_ >= text_.size()) return false;
      switch (text_[at_]) {
        case 'n':
          *out += '\n';
          break;
        case 't':
          *out += '\t';
          break;
        case 'r':
          *out += '\r';
          break;
        case 'b':
          *out += '\b';
          break;
        case 'f':
          *out += '\f';
          break;
        case 'u':
          Escape(out);
          break;
        default:
          *out += text_[at_];
          break;
      }
    }
    return at_ < text_.size() && text_[at_++] == '"';
  }
  // \u00XX alone: libpg_query escapes bytes, not characters.
  void Escape(std::string* out) {
    unsigned code = 0;
    for (int i = 0; i < 4 && at_ + 1 < text_.size(); ++i) {
      const char c = text_[++at_];
      code = code * 16 + static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    *out += static_cast<char>(code);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<JsonTree> ReadJson(std::string_view text) {
  JsonTree tree;
  if (!Reader(text).Value(&tree, 0)) return std::nullopt;
  return tree;
}

}  // namespace strata::catalog
