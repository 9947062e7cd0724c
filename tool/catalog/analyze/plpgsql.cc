#include "catalog/analyze/plpgsql.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "catalog/analyze/analyze.h"
#include "catalog/analyze/declarations.h"
#include "sql/token.h"

namespace strata::catalog {

namespace {

struct Option {
  const sql::Node* value = nullptr;
  int location = 0;
};

// The option of that name in CREATE FUNCTION or DO.
Option FindOption(sql::NodeRange options, std::string_view name) {
  for (const sql::Node* node : options) {
    const auto* option = sql::As<sql::DefElem>(node);
    if (option != nullptr && option->defname == name) return {option->arg, option->location};
  }
  return {};
}

std::string_view FirstString(const sql::Node* node) {
  const auto* list = sql::As<sql::List>(node);
  if (list != nullptr)
    return list->n_items == 0 ? std::string_view() : sql::StringOf(list->items[0]);
  return sql::StringOf(node);
}

// The inside of a string token: 'text', E'text' or $tag$text$tag$.
Span InsideOf(std::string_view script, Span token) {
  std::size_t begin = token.begin;
  if (script[begin] == '$') {
    const std::size_t tag = script.find('$', begin + 1) - begin + 1;
    return {begin + tag, std::max(begin + tag, token.end - tag)};
  }
  begin = script.find('\'', begin);
  return {begin + 1, std::max(begin + 1, token.end - 1)};
}

// The string constant that is the body: the one whose value it is.
Span FindBody(std::string_view script, Span within, std::string_view text) {
  for (std::size_t at = within.begin; at < within.end;) {
    const sql::Token token = sql::NextToken(script, at);
    if (token.kind == sql::TokenKind::kEnd || token.span.begin >= within.end) break;
    if (token.kind == sql::TokenKind::kString) {
      const Span inside = InsideOf(script, token.span);
      const std::string_view raw = script.substr(inside.begin, inside.end - inside.begin);
      if (raw == text || sql::ValueOf(script, token) == text) return inside;
    }
    at = std::max(token.span.end, at + 1);
  }
  return {};
}

}  // namespace

BodyText BodyOf(std::string_view script, const sql::ParsedStatement& statement) {
  BodyText body;
  sql::NodeRange options(0, nullptr);
  if (const auto* create = sql::As<sql::CreateFunctionStmt>(statement.tree)) {
    options = sql::Each(create->n_options, create->options);
  } else if (const auto* block = sql::As<sql::DoStmt>(statement.tree)) {
    options = sql::Each(block->n_args, block->args);
    body.language = "plpgsql";
  } else {
    return body;
  }
  if (const Option language = FindOption(options, "language"); language.value != nullptr) {
    body.language = sql::StringOf(language.value);
  }
  const Option as = FindOption(options, "as");
  if (as.value == nullptr) return body;
  body.text = FirstString(as.value);
  body.at = FindBody(script, statement.span, body.text);
  body.exact = script.substr(body.at.begin, body.at.end - body.at.begin) == body.text;
  return body;
}

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
bool IsTrusted(const std::string& message, const Declarations& declared) {
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
  return declared.names.count(first) == 0 && first != "new" && first != "old";
}

class Compiler {
 public:
  Compiler(std::string_view script, const sql::ParsedStatement& statement, BodyText body)
      : script_(script), statement_(statement), body_(std::move(body)) {}

  sql::PlpgsqlResult Compile() const { return sql::ParsePlpgsql(Source(body_.text)); }

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
      std::string changed = body_.text;
      changed.replace(places[i], word.size(), "strata_marker");
      if (sql::ParsePlpgsql(Source(changed)).error != result.error) return places[i];
    }
    return places.empty() ? LineStart(result.line) : places[0];
  }

 private:
  // The whole statement as the compiler wants it, with `text` as its body.
  std::string Source(const std::string& text) const {
    std::string tag = "$strata$";
    while (text.find(tag) != std::string::npos) tag.insert(1, "x");
    if (sql::As<sql::DoStmt>(statement_.tree) != nullptr) {
      return "CREATE FUNCTION inline_code_block() RETURNS void LANGUAGE plpgsql AS " + tag + text +
             tag;
    }
    const Span whole = statement_.span;
    const Span body = Quoted();
    return std::string(script_.substr(whole.begin, body.begin - whole.begin)) + " " + tag + text +
           tag + " " + std::string(script_.substr(body.end, whole.end - body.end));
  }

  // The body with its quotes.
  Span Quoted() const {
    for (std::size_t at = statement_.span.begin; at < statement_.span.end;) {
      const sql::Token token = sql::NextToken(script_, at);
      if (token.kind == sql::TokenKind::kEnd) break;
      if (token.span.begin <= body_.at.begin && body_.at.end <= token.span.end) return token.span;
      at = std::max(token.span.end, at + 1);
    }
    return body_.at;
  }

  static bool IsWord(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$' ||
           (c & 0x80) != 0;
  }

  std::vector<std::size_t> Occurrences(const std::string& word) const {
    std::vector<std::size_t> places;
    const std::string& text = body_.text;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const bool inside =
          (at > 0 && IsWord(text[at - 1]) && IsWord(word[0])) ||
          (at + word.size() < text.size() && IsWord(text[at + word.size()]) && IsWord(word.back()));
      if (!inside && !InComment(at)) places.push_back(at);
    }
    return places;
  }

  bool InComment(std::size_t at) const {
    const std::size_t line = body_.text.rfind('\n', at) + 1;
    const std::size_t dashes = body_.text.find("--", line == std::string::npos ? 0 : line);
    return dashes < at;
  }

  std::size_t EndOrLine(const sql::PlpgsqlResult& result) const {
    const bool end = result.error.find("end of input") != std::string::npos ||
                     result.error.find("end of function") != std::string::npos;
    if (end && !result.embedded) return body_.text.size();
    return LineStart(result.line);
  }

  std::size_t LineStart(int line) const {
    std::size_t at = 0;
    for (int i = 1; i < line; ++i) {
      const std::size_t newline = body_.text.find('\n', at);
      if (newline == std::string::npos) break;
      at = newline + 1;
    }
    while (at < body_.text.size() && std::isspace(static_cast<unsigned char>(body_.text[at])) != 0)
      ++at;
    return at;
  }

  std::string_view script_;
  const sql::ParsedStatement& statement_;
  BodyText body_;
};

}  // namespace

void CheckPlpgsql(std::string_view script, const sql::ParsedStatement& statement,
                  Findings* findings) {
  BodyText body = BodyOf(script, statement);
  if (body.language != "plpgsql" || body.at.end == 0) return;
  const Span at = body.at;
  const bool exact = body.exact;
  const Declarations declared = ReadDeclarations(body.text);
  const Compiler compiler(script, statement, std::move(body));
  const sql::PlpgsqlResult result = compiler.Compile();
  const auto report = [&](const std::string& message, std::size_t inside) {
    const std::size_t place = at.begin + (exact ? inside : 0);
    findings->problems.push_back({"syntax-error", message, "", {place, place}});
  };
  const bool trusted = !result.error.empty() && IsTrusted(result.error, declared);
  const std::size_t place = trusted ? compiler.PlaceOf(result) : 0;
  // The compiler does not look at types; PostgreSQL reads them as it comes to them.
  if (!declared.bad_type.message.empty() && (!trusted || declared.bad_type.at.begin < place)) {
    return report(declared.bad_type.message, declared.bad_type.at.begin);
  }
  if (trusted) return report(result.error, place);
  if (!result.error.empty()) {
    findings->unchecked.push_back("the function's body is not analysed: " + result.error);
  }
}

}  // namespace strata::catalog
