#include "migration/lexical.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace strata {
namespace {

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
bool StartsWord(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80);
}
bool InWord(char c) {
  return StartsWord(c) || std::isdigit(static_cast<unsigned char>(c)) || c == '$';
}

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower;
}

struct BlockComment {
  std::size_t end = 0;
  bool nested = false;
  bool closed = false;
};

// Reads the block comment that begins at `at`.
BlockComment ReadBlockComment(std::string_view text, std::size_t at, bool nests) {
  BlockComment comment;
  int depth = 1;
  at += 2;
  while (depth > 0 && at < text.size()) {
    if (nests && text.compare(at, 2, "/*") == 0) {
      ++depth, at += 2;
      comment.nested = true;
    } else if (text.compare(at, 2, "*/") == 0) {
      --depth, at += 2;
    } else {
      ++at;
    }
  }
  comment.end = std::min(at, text.size());
  comment.closed = depth == 0;
  return comment;
}

// Counts what makes a tree deeper: parentheses, and the operators of one operand. Commas, AND and
// OR part siblings; CASE, JOIN and UNION chains go on across them.
class DepthGauge {
 public:
  void Symbol(char c) {
    switch (c) {
      case '(':
      case '[':
        levels_.push_back({});
        Add(0, 1);
        break;
      case ')':
      case ']':
        sum_ -= levels_.back().operators + levels_.back().chain;
        levels_.pop_back();
        if (levels_.empty()) levels_.push_back({});
        break;
      case ',':
      case ';':
        NextSibling();
        break;
      default:
        if (std::string_view("+-*/<>=~!@#%^&|`?:").find(c) != std::string_view::npos) Add(1, 0);
    }
  }

  void Word(std::string_view word) {
    static constexpr std::string_view kOperators[] = {"not",     "is",      "isnull", "notnull",
                                                      "collate", "at",      "like",   "ilike",
                                                      "similar", "between", "in"};
    static constexpr std::string_view kChains[] = {"case", "join", "union", "intersect", "except"};
    auto among = [&](const auto& words) {
      return std::find(std::begin(words), std::end(words), word) != std::end(words);
    };
    if (word == "and" || word == "or") {
      NextSibling();
    } else if (among(kOperators)) {
      Add(1, 0);
    } else if (among(kChains)) {
      Add(0, 1);
    }
  }

  int deepest() const { return deepest_; }

 private:
  struct Level {
    int operators = 0;  // since the last sibling
    int chain = 0;
  };

  void Add(int operators, int chain) {
    levels_.back().operators += operators;
    levels_.back().chain += chain;
    sum_ += operators + chain;
    deepest_ = std::max(deepest_, sum_);
  }
  void NextSibling() {
    sum_ -= levels_.back().operators;
    levels_.back().operators = 0;
  }

  std::vector<Level> levels_ = {{}};
  int sum_ = 0, deepest_ = 0;
};

// What both dialects share: walking over tokens, and the statement being collected.
class Lexer {
 public:
  Lexer(std::string_view text, Dialect dialect) : text_(text), dialect_(dialect) {}

  Lexed Run() {
    while (at_ < text_.size()) Step();
    Finish();
    return std::move(lexed_);
  }

 private:
  bool postgres() const { return dialect_ == Dialect::kPostgres; }

  void Step() {
    const char c = text_[at_];
    if (IsBlank(c)) {
      ++at_;
      return;
    }
    if (text_.compare(at_, 2, "--") == 0) {
      const std::size_t begin = at_;
      at_ = std::min(text_.find('\n', at_), text_.size());
      const bool crlf = at_ > begin && text_[at_ - 1] == '\r';
      lexed_.line_comments.push_back({begin, crlf ? at_ - 1 : at_});
      return;
    }
    if (text_.compare(at_, 2, "/*") == 0) {
      const BlockComment comment = ReadBlockComment(text_, at_, postgres());
      if (!comment.closed) lexed_.unclosed_comment = at_;
      if (comment.nested) lexed_.nested_comments.push_back({at_, comment.end});
      at_ = comment.end;
      return;
    }
    if (c == ';') return Semicolon();
    if (first_ == kNone) first_ = at_;
    Token(c);
    last_ = at_;
  }

  void Token(char c) {
    const std::size_t begin = at_;
    if (StartsWord(c)) {
      Word();
    } else if (c == '\'' || c == '"' || (!postgres() && c == '`')) {
      Quoted(c, /*backslash=*/false);
    } else if (!postgres() && c == '[') {
      at_ = std::min(text_.find(']', at_), text_.size() - 1) + 1;
    } else if (postgres() && c == '$') {
      Dollar();
    } else {
      depth_ += c == '(' ? 1 : c == ')' && depth_ > 0 ? -1 : 0;
      gauge_.Symbol(c);
      ++at_;
    }
    if (!StartsWord(text_[begin])) trigger_end_ = kBody;
  }

  void Semicolon() {
    const bool inside =
        postgres() ? depth_ > 0 || atomic_ > 0 : is_trigger_ && trigger_end_ != kEnd;
    if (inside && first_ != kNone) {
      gauge_.Symbol(';');
      trigger_end_ = kSemicolon;
      last_ = ++at_;
      return;
    }
    Finish();
    ++at_;
    if (is_copy_) TakeCopyData();
    Reset();
  }

  void Word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && InWord(text_[at_])) ++at_;
    if (postgres() && at_ - begin == 1 && at_ < text_.size() && text_[at_] == '\'' &&
        (text_[begin] == 'e' || text_[begin] == 'E')) {
      return Quoted('\'', /*backslash=*/true);
    }
    const std::string word = Lower(text_.substr(begin, std::min<std::size_t>(at_ - begin, 16)));
    if (postgres()) {
      PostgresWord(word);
      gauge_.Word(word);
    } else {
      SqliteWord(word);
    }
    ++words_;
    previous_ = word;
  }

  void PostgresWord(const std::string& word) {
    if (words_ == 0 && word == "copy") maybe_copy_ = true;
    if (word == "atomic" && previous_ == "begin") {
      atomic_ = 1;
    } else if (atomic_ > 0) {
      atomic_ += word == "case" ? 1 : word == "end" ? -1 : 0;
    }
    is_copy_ = is_copy_ || (maybe_copy_ && depth_ == 0 && word == "stdin" && previous_ == "from");
  }

  // CREATE [TEMP|TEMPORARY] TRIGGER ends at "; END ;" (sqlite3_complete, complete.c).
  void SqliteWord(const std::string& word) {
    if (words_ == 0) maybe_trigger_ = word == "create";
    const bool temporary = words_ == 1 && (word == "temp" || word == "temporary");
    if (maybe_trigger_ && words_ > 0 && !temporary) {
      is_trigger_ = is_trigger_ || (word == "trigger" && words_ <= 2);
      maybe_trigger_ = false;
    }
    trigger_end_ = word == "end" && trigger_end_ == kSemicolon ? kEnd : kBody;
  }

  void Quoted(char quote, bool backslash) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (backslash && text_[at_] == '\\') {
        ++at_;
      } else if (text_[at_] == quote) {
        const bool doubled = at_ + 1 < text_.size() && text_[at_ + 1] == quote;
        ++at_;
        if (!doubled) return;
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
    if (first_ != kNone)
      lexed_.statements.push_back({{first_, last_}, {}, false, gauge_.deepest()});
  }

  // The data begins on the line after the semicolon and ends at a line that is "\.".
  void TakeCopyData() {
    const std::size_t line_end = text_.find('\n', at_);
    if (line_end == std::string_view::npos) return;
    std::size_t line = line_end + 1;
    Cut& cut = lexed_.statements.back();
    cut.copy_from_stdin = true;
    cut.copy_data = {line, line};
    while (line < text_.size()) {
      const std::size_t end = std::min(text_.find('\n', line), text_.size());
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
    words_ = 0;
    previous_.clear();
    maybe_copy_ = is_copy_ = maybe_trigger_ = is_trigger_ = false;
    trigger_end_ = kBody;
    depth_ = atomic_ = 0;
    gauge_ = DepthGauge();
  }

  static constexpr std::size_t kNone = std::string_view::npos;
  std::string_view text_;
  Dialect dialect_;
  Lexed lexed_;
  std::size_t at_ = 0, first_ = kNone, last_ = 0;
  int words_ = 0;
  std::string previous_;  // the word before
  DepthGauge gauge_;
  int depth_ = 0, atomic_ = 0;
  bool maybe_copy_ = false, is_copy_ = false;
  bool maybe_trigger_ = false, is_trigger_ = false;
  enum { kBody, kSemicolon, kEnd } trigger_end_ = kBody;
};

}  // namespace

std::size_t SkipBlanks(std::string_view text, std::size_t at, Dialect dialect) {
  while (at < text.size()) {
    if (IsBlank(text[at])) {
      ++at;
    } else if (text.compare(at, 2, "--") == 0) {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.compare(at, 2, "/*") == 0) {
      at = ReadBlockComment(text, at, dialect == Dialect::kPostgres).end;
    } else {
      break;
    }
  }
  return at;
}

Lexed Lex(std::string_view text, Dialect dialect) { return Lexer(text, dialect).Run(); }

}  // namespace strata
