#include "sql/place.h"

#include "sql/token.h"

namespace strata::sql {

Span Underlined(std::string_view text, Span at, Span statement) {
  if (at.end > at.begin) return at;
  if (at == Span{0, 0}) return statement;
  const Token token = NextToken(text, at.begin);
  return token.span.end > at.begin ? Span{at.begin, token.span.end} : statement;
}

}  // namespace strata::sql
