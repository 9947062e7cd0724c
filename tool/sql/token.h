// PostgreSQL's tokens, for finding the word that a message is about.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/span.h"

namespace strata::sql {

enum class TokenKind {
  kIdentifier,
  kQuotedIdentifier,
  kString,
  kNumber,
  kOperator,
  kPunctuation,
  kEnd
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  Span span;
};

// Returns the token at or after `offset`, blanks and comments skipped; kEnd at the end of the text.
Token NextToken(std::string_view text, std::size_t offset);

// What the token names: folded to lower case, quotes taken off, cut to 63 bytes; strings without
// their quotes. Other tokens as they stand.
std::string ValueOf(std::string_view text, const Token& token);

// Returns the first identifier or string token inside `within`, from `from` on, whose value is
// `name`.
std::optional<Span> FindName(std::string_view text, Span within, std::string_view name,
                             std::size_t from = 0);

// Returns the first unquoted word inside `within`, from `from` on, that is `word` (lower case).
std::optional<Span> FindKeyword(std::string_view text, Span within, std::string_view word,
                                std::size_t from = 0);

// The whole token at `offset`, with the parts of a dotted name that follow it.
Span DottedNameAt(std::string_view text, std::size_t offset);

}  // namespace strata::sql
