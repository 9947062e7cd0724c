#include "shadow/dynamic.h"

#include <algorithm>
#include <array>

#include "sql/token.h"

namespace strata::shadow {
namespace {

// They make no rows and change none; what a table made so holds is not known in any case.
constexpr std::array<std::string_view, 14> kHarmless = {
    "create", "grant",  "revoke", "comment", "set",     "reset",  "analyze",
    "vacuum", "notify", "show",   "lock",    "reindex", "listen", "discard"};

struct Words {
  std::string_view text;
  std::size_t at = 0;

  sql::Token Next() {
    const sql::Token token = sql::NextToken(text, at);
    at = token.span.end;
    return token;
  }
  std::string Value(const sql::Token& token) const {
    return token.kind == sql::TokenKind::kEnd ? "" : sql::ValueOf(text, token);
  }
};

bool IsName(const sql::Token& token) {
  return token.kind == sql::TokenKind::kIdentifier ||
         token.kind == sql::TokenKind::kQuotedIdentifier;
}

// '%I.t' -> '.t': a name after a blank is not whole.
std::string WithoutFillings(const std::string& pattern) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      text += pattern[i];
      continue;
    }
    while (i + 1 < pattern.size() &&
           std::string_view("0123456789$-*").find(pattern[i + 1]) != std::string_view::npos)
      ++i;
    text += i + 1 < pattern.size() && pattern[++i] == '%' ? "%" : " ? ";
  }
  return text;
}

// The constant that an expression begins with: 'text' … or format('text' ….
std::optional<std::string> Beginning(std::string_view body, std::size_t at) {
  Words words{body, at};
  sql::Token token = words.Next();
  const bool format = words.Value(token) == "format";
  if (format) {
    token = words.Next();
    if (words.Value(token) == "(") token = words.Next();
  }
  if (token.kind != sql::TokenKind::kString) return std::nullopt;
  const std::string text = words.Value(token);
  return format ? WithoutFillings(text) : text;
}

// What the variable is set to anywhere in the body.
bool Assigned(std::string_view body, const std::string& variable, std::vector<std::string>* texts) {
  bool any = false;
  Words words{body};
  for (sql::Token token = words.Next(); token.kind != sql::TokenKind::kEnd; token = words.Next()) {
    if (!IsName(token) || words.Value(token) != variable) continue;
    Words after = words;
    const std::string sign = after.Value(after.Next());
    if (sign == "into") return false;
    if (sign != ":=" && sign != "=" && sign != ":") continue;
    if (sign == ":") after.Next();
    const std::optional<std::string> text = Beginning(body, after.at);
    if (!text) return false;
    texts->push_back(*text);
    any = true;
  }
  // SELECT … INTO variable
  return any && !sql::FindKeyword(body, {0, body.size()}, "into");
}

// The table that the statement writes stands there, whole.
bool NamesItsTable(Words words) {
  sql::Token token = words.Next();
  while (IsName(token)) {
    const std::string word = words.Value(token);
    const bool leads = word == "into" || word == "from" || word == "only" || word == "table" ||
                       word == "if" || word == "exists";
    if (!leads) break;
    token = words.Next();
  }
  if (!IsName(token)) return false;
  Words after = words;
  const sql::Token next = after.Next();
  if (words.Value(token) != "" && after.Value(next) == ".") {
    return IsName(after.Next()) && after.Next().kind != sql::TokenKind::kEnd;
  }
  return next.kind != sql::TokenKind::kEnd && after.Value(next) != "?";
}

// Something is selected, and no function whose name is not known.
bool NamesItsFunctions(Words words) {
  sql::Token token = words.Next();
  if (token.kind == sql::TokenKind::kEnd) return false;
  for (; token.kind != sql::TokenKind::kEnd; token = words.Next()) {
    Words after = words;
    if (words.Value(token) == "?" && after.Value(after.Next()) == "(") return false;
  }
  return true;
}

}  // namespace

std::optional<std::vector<std::string>> ExecutedTexts(std::string_view body) {
  std::vector<std::string> texts;
  Words words{body};
  for (sql::Token token = words.Next(); token.kind != sql::TokenKind::kEnd; token = words.Next()) {
    if (token.kind != sql::TokenKind::kIdentifier || words.Value(token) != "execute") continue;
    Words after = words;
    const sql::Token first = after.Next();
    const std::string word = after.Value(first);
    if (word == "procedure" || word == "function") continue;
    if (const std::optional<std::string> text = Beginning(body, words.at)) {
      texts.push_back(*text);
    } else if (!IsName(first) || !Assigned(body, word, &texts)) {
      return std::nullopt;
    }
  }
  return texts;
}

Written WrittenBy(std::string_view text) {
  Words words{text};
  const std::string verb = words.Value(words.Next());
  if (std::find(kHarmless.begin(), kHarmless.end(), verb) != kHarmless.end())
    return Written::kNothing;
  if (verb == "alter" || verb == "drop") {
    Words kind = words;
    const std::string word = kind.Value(kind.Next());
    if (word == "?" || word.empty()) return Written::kAnything;
    // A domain that goes may let rows in that it kept out; so may an index.
    if (verb == "drop" && word == "index") return Written::kIndexes;
    const bool rows = word == "table" || word == "owned" || word == "schema" || word == "type" ||
                      word == "index" || word == "domain";
    if (!rows) return Written::kNothing;
    return word == "table" && NamesItsTable(words) ? Written::kNamed : Written::kAnything;
  }
  if (verb == "insert" || verb == "update" || verb == "delete" || verb == "truncate")
    return NamesItsTable(words) ? Written::kNamed : Written::kAnything;
  return verb == "select" && NamesItsFunctions(words) ? Written::kNamed : Written::kAnything;
}

}  // namespace strata::shadow
