#include "sql/cut.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace strata::sql {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }
bool StartsWord(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80); }
bool InWord(char c) { return StartsWord(c) || std::isdigit(static_cast<unsigned char>(c)) || c == '$'; }

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  std::vector<Cut> Run() {
    while (at_ < text_.size()) Step();
    Finish();
    return std::move(cuts_);
  }

 private:
  void Step() {
    const std::size_t next = SkipBlanks(text_, at_);
    if (next != at_) {
      at_ = next;
      return;
    }
    const char c = text_[at_];
    if (c == ';' && depth_ == 0 && atomic_ == 0) {
      Finish();
      ++at_;
      if (is_copy_) TakeCopyData();
      return Reset();
    }
    if (first_ == kNone) first_ = at_;
    if (StartsWord(c)) {
      Word();
    } else if (c == '\'' || c == '"') {
      Quoted(c, /*backslash=*/false);
    } else if (c == '$') {
      Dollar();
    } else {
      depth_ += c == '(' ? 1 : c == ')' && depth_ > 0 ? -1 : 0;
      ++at_;
    }
    last_ = at_;
  }

  void Word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && InWord(text_[at_])) ++at_;
    if (at_ - begin == 1 && at_ < text_.size() && text_[at_] == '\'' &&
        (text_[begin] == 'e' || text_[begin] == 'E')) {
      return Quoted('\'', /*backslash=*/true);
    }
    const std::string word = Lower(text_.substr(begin, std::min<std::size_t>(at_ - begin, 16)));
    if (!seen_word_ && word == "copy") maybe_copy_ = true;
    if (word == "atomic" && previous_ == "begin") {
      atomic_ = 1;
    } else if (atomic_ > 0) {
      atomic_ += word == "case" ? 1 : word == "end" ? -1 : 0;
    }
    is_copy_ = is_copy_ || (maybe_copy_ && depth_ == 0 && word == "stdin" && previous_ == "from");
    seen_word_ = true;
    previous_ = word;
  }

  void Quoted(char quote, bool backslash) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (backslash && text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == quote) {
        if (at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
          ++at_;
        } else {
          ++at_;
          return;
        }
      }
    }
    at_ = std::min(at_, text_.size());
  }

  void Dollar() {
    std::size_t end = at_ + 1;
    if (end < text_.size() && StartsWord(text_[end])) {
      while (end < text_.size() && text_[end] != '$' && InWord(text_[end])) ++end;
    }
    if (end >= text_.size() || text_[end] != '$') {
      ++at_;  // a parameter: $1
      return;
    }
    const std::string_view tag = text_.substr(at_, end + 1 - at_);
    const std::size_t close = text_.find(tag, end + 1);
    at_ = close == std::string_view::npos ? text_.size() : close + tag.size();
  }

  void Finish() {
    if (first_ != kNone) cuts_.push_back({{first_, last_}, {}, false});
  }

  // The data begins on the line after the semicolon and ends at a line that is "\.".
  void TakeCopyData() {
    const std::size_t line_end = text_.find('\n', at_);
    if (line_end == std::string_view::npos) return;
    std::size_t line = line_end + 1;
    Cut& cut = cuts_.back();
    cut.copy_from_stdin = true;
    cut.copy_data = {line, line};
    while (line < text_.size()) {
      std::size_t end = text_.find('\n', line);
      if (end == std::string_view::npos) end = text_.size();
      std::string_view row = text_.substr(line, end - line);
      if (!row.empty() && row.back() == '\r') row.remove_suffix(1);
      const std::size_t next = std::min(end + 1, text_.size());
      if (row == "\\.") {
        cut.copy_data.end = line;
        at_ = next;
        return;
      }
      line = next;
    }
    cut.copy_data.end = at_ = text_.size();
  }

  void Reset() {
    first_ = kNone;
    seen_word_ = false;
    previous_.clear();
    maybe_copy_ = is_copy_ = false;
    depth_ = atomic_ = 0;
  }

  static constexpr std::size_t kNone = std::string_view::npos;
  std::string_view text_;
  std::vector<Cut> cuts_;
  std::size_t at_ = 0, first_ = kNone, last_ = 0;
  int depth_ = 0, atomic_ = 0;
  std::string previous_;
  bool seen_word_ = false, maybe_copy_ = false, is_copy_ = false;
};

}  // namespace

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (IsBlank(text[at])) {
      ++at;
    } else if (text.compare(at, 2, "--") == 0) {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.compare(at, 2, "/*") == 0) {
      int depth = 1;
      at += 2;
      while (depth > 0 && at < text.size()) {
        if (text.compare(at, 2, "/*") == 0) {
          ++depth, at += 2;
        } else if (text.compare(at, 2, "*/") == 0) {
          --depth, at += 2;
        } else {
          ++at;
        }
      }
      at = std::min(at, text.size());
    } else {
      break;
    }
  }
  return at;
}

std::vector<Cut> CutStatements(std::string_view text) { return Cutter(text).Run(); }

}  // namespace strata::sql
