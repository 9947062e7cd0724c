#include "sql/token.h"

#include <algorithm>

#include "migration/lexical.h"

namespace strata::sql {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordStart(char c) {
  return (Lower(c) >= 'a' && Lower(c) <= 'z') || c == '_' || (c & 0x80) != 0;
}
bool IsWord(char c) { return IsWordStart(c) || IsDigit(c) || c == '$'; }
bool IsOperator(char c) {
  return c != '\0' && std::string_view("+-*/<>=~!@#%^&|`?").find(c) != std::string_view::npos;
}

std::size_t QuotedEnd(std::string_view text, std::size_t at, char quote, bool backslashes) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (backslashes && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return text.size();
}

// The end of the dollar-quoted string that starts at `at`, or `at` where none does.
std::size_t DollarEnd(std::string_view text, std::size_t at) {
  std::size_t tag = at + 1;
  while (tag < text.size() && IsWord(text[tag]) && text[tag] != '$') ++tag;
  if (tag >= text.size() || text[tag] != '$') return at;
  const std::string_view delimiter = text.substr(at, tag + 1 - at);
  const std::size_t end = text.find(delimiter, tag + 1);
  return end == std::string_view::npos ? text.size() : end + delimiter.size();
}

std::string Fold(std::string_view word) {
  std::string folded(word);
  for (char& c : folded) c = Lower(c);
  return folded;
}

std::string Unquote(std::string_view body, char quote) {
  if (body.find(quote) == std::string_view::npos) return std::string(body);
  std::string value;
  for (std::size_t i = 0; i < body.size(); ++i) {
    value += body[i];
    if (body[i] == quote) ++i;
  }
  return value;
}

}  // namespace

Token NextToken(std::string_view text, std::size_t offset) {
  const std::size_t at = SkipBlanks(text, offset);
  if (at >= text.size()) return {TokenKind::kEnd, {text.size(), text.size()}};
  const char c = text[at];
  std::size_t end = at + 1;
  if (c == '"') return {TokenKind::kQuotedIdentifier, {at, QuotedEnd(text, at, '"', false)}};
  if (c == '\'') return {TokenKind::kString, {at, QuotedEnd(text, at, '\'', false)}};
  if ((c == 'e' || c == 'E') && end < text.size() && text[end] == '\'') {
    return {TokenKind::kString, {at, QuotedEnd(text, end, '\'', true)}};
  }
  if (c == '$') {
    const std::size_t dollar = DollarEnd(text, at);
    if (dollar != at) return {TokenKind::kString, {at, dollar}};
  }
  if (IsWordStart(c)) {
    while (end < text.size() && IsWord(text[end])) ++end;
    return {TokenKind::kIdentifier, {at, end}};
  }
  if (IsDigit(c)) {
    while (end < text.size() && (IsWord(text[end]) || text[end] == '.')) ++end;
    return {TokenKind::kNumber, {at, end}};
  }
  if (IsOperator(c)) {
    while (end < text.size() && IsOperator(text[end]) && text.compare(end, 2, "--") != 0 &&
           text.compare(end, 2, "/*") != 0) {
      ++end;
    }
    return {TokenKind::kOperator, {at, end}};
  }
  return {TokenKind::kPunctuation, {at, end}};
}

std::string ValueOf(std::string_view text, const Token& token) {
  const std::string_view word = text.substr(token.span.begin, token.span.end - token.span.begin);
  switch (token.kind) {
    case TokenKind::kIdentifier:
      return Fold(word).substr(0, 63);
    case TokenKind::kQuotedIdentifier:
      return word.size() < 2 ? "" : Unquote(word.substr(1, word.size() - 2), '"').substr(0, 63);
    case TokenKind::kString:
      if (word.size() < 2 || word[0] != '\'') return std::string(word);
      return Unquote(word.substr(1, word.size() - 2), '\'');
    default:
      return std::string(word);
  }
}

namespace {

// Is ValueOf(token) == name?
bool Names(std::string_view text, const Token& token, std::string_view name) {
  const std::string_view word = text.substr(token.span.begin, token.span.end - token.span.begin);
  if (token.kind != TokenKind::kIdentifier || word.size() > 63) {
    return word.size() >= name.size() && ValueOf(text, token) == name;
  }
  return std::equal(word.begin(), word.end(), name.begin(), name.end(),
                    [](char a, char b) { return Lower(a) == b; });
}

}  // namespace

std::optional<Span> FindName(std::string_view text, Span within, std::string_view name,
                             std::size_t from) {
  std::size_t at = from > within.begin ? from : within.begin;
  const std::string_view part = text.substr(0, within.end);
  while (true) {
    const Token token = NextToken(part, at);
    if (token.kind == TokenKind::kEnd) return std::nullopt;
    const bool names = token.kind == TokenKind::kIdentifier ||
                       token.kind == TokenKind::kQuotedIdentifier ||
                       token.kind == TokenKind::kString;
    if (names && Names(part, token, name)) return token.span;
    at = token.span.end;
  }
}

std::optional<Span> FindKeyword(std::string_view text, Span within, std::string_view word,
                                std::size_t from) {
  std::size_t at = from > within.begin ? from : within.begin;
  const std::string_view part = text.substr(0, within.end);
  while (true) {
    const Token token = NextToken(part, at);
    if (token.kind == TokenKind::kEnd) return std::nullopt;
    if (token.kind == TokenKind::kIdentifier && Names(part, token, word)) return token.span;
    at = token.span.end;
  }
}

Span DottedNameAt(std::string_view text, std::size_t offset) {
  Span span = NextToken(text, offset).span;
  while (true) {
    const Token dot = NextToken(text, span.end);
    if (dot.span.end - dot.span.begin != 1 || text.compare(dot.span.begin, 1, ".") != 0)
      return span;
    const Token part = NextToken(text, dot.span.end);
    if (part.kind != TokenKind::kIdentifier && part.kind != TokenKind::kQuotedIdentifier)
      return span;
    span.end = part.span.end;
  }
}

}  // namespace strata::sql
