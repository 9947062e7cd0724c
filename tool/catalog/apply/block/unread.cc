#include "catalog/apply/block/unread.h"

#include <optional>
#include <string>

#include "catalog/apply/block/calls.h"
#include "catalog/apply/block/text.h"
#include "catalog/apply/block/uncertain.h"
#include "sql/parse.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

// The text after the first of these words, or nothing where none stands in the piece.
std::optional<std::string> After(std::string_view piece,
                                 std::initializer_list<std::string_view> words, bool with_word) {
  std::optional<Span> first;
  for (std::string_view word : words) {
    const std::optional<Span> found = sql::FindKeyword(piece, {0, piece.size()}, word);
    if (found && (!first || found->begin < first->begin)) first = found;
  }
  if (!first) return std::nullopt;
  return std::string(piece.substr(with_word ? first->begin : first->end));
}

void Execute(Context& context, std::string expression) {
  context.result.runs_unknown = true;
  for (const char* word : {"using", "into"}) {
    if (const auto at = sql::FindKeyword(expression, {0, expression.size()}, word))
      expression.resize(at->begin);
  }
  DoubtStatements(context, Evaluate(context.catalog, expression, {}).text());
}

void Query(Context& context, const std::string& query) {
  const sql::ParsedScript script = sql::Parse(query);
  for (const sql::ParsedStatement& s : script.statements) {
    if (s.tree != nullptr) FollowCalls(context, s.tree, {}, Certainty::kMayRun);
  }
}

void Piece(Context& context, std::string_view piece) {
  if (const auto made = After(piece, {"execute"}, false)) {
    Execute(context, *made);
  } else if (const auto statement = After(piece, {"create", "alter", "drop"}, true)) {
    DoubtStatements(context, *statement);
  } else if (const auto called = After(piece, {"perform"}, false)) {
    Query(context, "SELECT " + *called);
  } else if (const auto query = After(piece, {"select", "call"}, true)) {
    Query(context, *query);
  }
}

}  // namespace

void DoubtUnreadBlock(Context& context, std::string_view body) {
  std::size_t begin = 0;
  for (std::size_t at = 0;;) {
    const sql::Token token = sql::NextToken(body, at);
    const bool end = token.kind == sql::TokenKind::kEnd;
    at = token.span.end;
    if (!end && body.substr(token.span.begin, token.span.end - token.span.begin) != ";") continue;
    Piece(context, body.substr(begin, (end ? body.size() : token.span.begin) - begin));
    if (end) return;
    begin = at;
  }
}

}  // namespace strata::catalog
