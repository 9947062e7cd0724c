#include "catalog/apply/block/json.h"

#include <cctype>

namespace strata::catalog {

const Json* Json::Find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

std::string Json::Text(std::string_view key) const {
  const Json* found = Find(key);
  return found == nullptr ? "" : found->text;
}

std::string Json::Query(std::string_view key) const {
  const Json* wrapped = Find(key);
  const Json* expr = wrapped == nullptr ? nullptr : wrapped->Find("PLpgSQL_expr");
  return expr == nullptr ? "" : expr->Text("query");
}

namespace {

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}
  Json Read() {
    Blanks();
    Json json;
    if (at_ >= text_.size()) return json;
    switch (text_[at_]) {
      case '{':
        for (++at_; !Take('}') && at_ < text_.size();) {
          std::string key = Read().text;
          Take(':');
          json.members.emplace_back(std::move(key), Read());
          Take(',');
        }
        return json;
      case '[':
        for (++at_; !Take(']') && at_ < text_.size();) {
          json.items.push_back(Read());
          Take(',');
        }
        return json;
      case '"':
        ++at_;
        json.text = String();
        return json;
      default:
        while (at_ < text_.size() &&
               std::string_view(",]} \n").find(text_[at_]) == std::string_view::npos) {
          json.text += text_[at_++];
        }
        if (json.text.empty()) ++at_;  // malformed: go on
        return json;
    }
  }

 private:
  void Blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool Take(char c) {
    Blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string String() {
    std::string value;
    while (at_ < text_.size() && text_[at_] != '"') {
      char c = text_[at_++];
      if (c == '\\' && at_ < text_.size()) {
        c = text_[at_++];
        if (c == 'n') c = '\n';
        if (c == 't') c = '\t';
        if (c == 'r') c = '\r';
        if (c == 'b') c = '\b';
        if (c == 'f') c = '\f';
        if (c == 'u') {
          c = static_cast<char>(std::stoi(std::string(text_.substr(at_, 4)), nullptr, 16));
          at_ += 4;
        }
      }
      value += c;
    }
    ++at_;
    return value;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Json ReadJson(std::string_view text) { return JsonReader(text).Read(); }

}  // namespace strata::catalog
