#include "catalog/analyze/plpgsql.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "catalog/analyze/declarations.h"
#include "sql/token.h"

namespace strata::catalog {

namespace {

// "x" of: syntax error at or near "x".
std::string WordIn(const std::string& message) {
  std::size_t begin = message.find("at or near \"");
  begin =
      begin == std::string::npos ? (message.empty() || message[0] != '"' ? begin : 1) : begin + 12;
  if (begin == std::string::npos) return "";
  const std::size_t end = message.rfind('"');
  return end == std::string::npos || end < begin ? "" : message.substr(begin, end - begin);
}

// What libpg_query's compiler says rightly though it has no catalog; its other complaints come from
// types that it cannot look up.
bool IsTrusted(std::string_view body, std::string_view before, const std::string& message,
               const Declarations& declared) {
  // It ends a statement at the semicolons inside BEGIN ATOMIC.
  if (sql::FindKeyword(body, {0, body.size()}, "atomic")) return false;
  static constexpr std::array<std::string_view, 9> kBeginnings = {
      "syntax error",
      "unexpected end of function definition",
      "mismatched parentheses",
      "mismatched brackets",
      "unterminated",
      "duplicate declaration",
      "missing \"",
      "too few parameters",
      "too many parameters"};
  const bool known = std::any_of(
      kBeginnings.begin(), kBeginnings.end(),
      [&](std::string_view begin) { return message.compare(0, begin.size(), begin) == 0; });
  // A loop over a declared cursor is taken for one over a query.
  if (known) return declared.cursors.count(WordIn(message)) == 0;
  if (message.find("is not a known variable") == std::string::npos) return false;
  const std::string word = WordIn(message);
  const std::string first = word.substr(0, word.find('.'));
  const bool argument = first.starts_with('$');
  const bool qualified = first != word;
  const bool label = qualified && body.find("<<" + first + ">>") != std::string_view::npos;
  // A field of an argument, whose type it does not know, or a variable behind the function's name.
  const bool head = qualified && sql::FindName(before, {0, before.size()}, first);
  if (argument || label || head) return false;
  return declared.names.count(first) == 0 && first != "new" && first != "old";
}

class Compiler {
 public:
  Compiler(std::string_view body, std::string_view before, std::string_view after)
      : body_(body),
        before_(before.empty()
                    ? "CREATE FUNCTION inline_code_block() RETURNS void LANGUAGE plpgsql AS"
                    : before),
        after_(after) {}

  sql::PlpgsqlResult Compile() const { return sql::ParsePlpgsql(Source(std::string(body_))); }

  // Where in the body the error is: the compiler names the word but not its place. The place is the
  // last occurrence of the word whose replacement changes the complaint, since what comes after an
  // error does not touch it.
  std::size_t PlaceOf(const sql::PlpgsqlResult& result) const {
    const std::string word = WordIn(result.error);
    if (word.empty() || result.error.compare(0, 7, "missing") == 0) return EndOrLine(result);
    std::vector<std::size_t> places = Occurrences(word);
    if (places.size() == 1) return places[0];
    constexpr std::size_t kMost = 200;
    if (places.size() > kMost) return LineStart(result.line);
    for (std::size_t i = places.size(); i-- > 0;) {
      std::string changed(body_);
      changed.replace(places[i], word.size(), "strata_marker");
      if (sql::ParsePlpgsql(Source(changed)).error != result.error) return places[i];
    }
    return places.empty() ? LineStart(result.line) : places[0];
  }

 private:
  // The whole statement, with `text` as its body.
  std::string Source(const std::string& text) const {
    std::string tag = "$strata$";
    while (text.find(tag) != std::string::npos) tag.insert(1, "x");
    return std::string(before_) + " " + tag + text + tag + " " + std::string(after_);
  }

  static bool IsWord(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
           (c & 0x80) != 0;
  }

  std::vector<std::size_t> Occurrences(const std::string& word) const {
    std::vector<std::size_t> places;
    const std::string_view text = body_;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const bool inside =
          (at > 0 && IsWord(text[at - 1]) && IsWord(word[0])) ||
          (at + word.size() < text.size() && IsWord(text[at + word.size()]) && IsWord(word.back()));
      if (!inside && !InComment(at)) places.push_back(at);
    }
    return places;
  }

  bool InComment(std::size_t at) const {
    const std::size_t line = body_.rfind('\n', at) + 1;
    const std::size_t dashes = body_.find("--", line == std::string::npos ? 0 : line);
    return dashes < at;
  }

  std::size_t EndOrLine(const sql::PlpgsqlResult& result) const {
    const bool end = result.error.find("end of input") != std::string::npos ||
                     result.error.find("end of function") != std::string::npos;
    if (end && !result.embedded) return body_.size();
    return LineStart(result.line);
  }

  std::size_t LineStart(int line) const {
    std::size_t at = 0;
    for (int i = 1; i < line; ++i) {
      const std::size_t newline = body_.find('\n', at);
      if (newline == std::string::npos) break;
      at = newline + 1;
    }
    while (at < body_.size() && std::isspace(static_cast<unsigned char>(body_[at])) != 0) ++at;
    return at;
  }

  std::string_view body_, before_, after_;
};

}  // namespace

PlpgsqlFault FindPlpgsqlFault(std::string_view body, std::string_view before,
                              std::string_view after) {
  PlpgsqlFault fault;
  const Declarations declared = ReadDeclarations(body);
  const Compiler compiler(body, before, after);
  const sql::PlpgsqlResult result = compiler.Compile();
  const bool trusted = !result.error.empty() && IsTrusted(body, before, result.error, declared);
  if (trusted) {
    fault.message = result.error;
    fault.at = compiler.PlaceOf(result);
  }
  // The compiler does not look at types; PostgreSQL reads them as it comes to them.
  const sql::SyntaxError& type = declared.bad_type;
  if (!type.message.empty() && (!trusted || type.at.begin < fault.at)) {
    fault.message = type.message;
    fault.at = type.at.begin;
  } else if (!trusted && !result.error.empty()) {
    fault.unchecked = "the body is not analysed: " + result.error;
  }
  return fault;
}

}  // namespace strata::catalog
