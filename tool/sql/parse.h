// Bytes -> statements with byte spans and their trees, by PostgreSQL 15's own grammar.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "sql/tree.h"

namespace strata::sql {

struct SyntaxError {
  std::string message;  // PostgreSQL's words: syntax error at or near "FRM"
  Span at;              // the offending token; empty at the end of input
};

// One statement. `tree` is null where `error` has a message, and where `unread` says why it was not
// parsed although nothing is known to be wrong with it.
struct ParsedStatement {
  Span span;  // without the semicolon, without leading blanks and comments
  const Node* tree = nullptr;
  SyntaxError error;
  std::string unread;  // "nested too deeply", "syntax of a newer server: <reason>"
  Span copy_data;      // of COPY … FROM stdin: the data lines, without the "\." line; else empty
  bool copy_from_stdin = false;
};

class Trees;

// A parsed script. Owns its trees; the text must outlive it. Locations inside the trees (node
// ->location) are byte offsets into the whole text. Movable, not copyable.
class ParsedScript {
 public:
  ParsedScript();
  ParsedScript(ParsedScript&&) noexcept;
  ParsedScript& operator=(ParsedScript&&) noexcept;
  ~ParsedScript();

  std::string_view text;
  std::vector<ParsedStatement> statements;

 private:
  friend class Parser;
  std::unique_ptr<Trees> trees_;
};

// Parses every statement of `text`. A statement with a syntax error does not keep the others from
// being parsed. Never fails: an empty text has no statements.
ParsedScript Parse(std::string_view text);

// A PL/pgSQL body's syntax errors, found by PostgreSQL's own PL/pgSQL parser. `create_function` is
// the text of a whole CREATE FUNCTION statement or a DO block wrapped as one. Returns JSON of the
// function's tree, or the error with `line` (from 1, counted inside the body) where it has one.
struct PlpgsqlResult {
  std::string json;
  std::string error;      // empty: parsed
  int line = 0;           // 0: unknown
  bool embedded = false;  // the error is in an SQL statement or expression inside the body
};
PlpgsqlResult ParsePlpgsql(const std::string& create_function);

// Returns SQL for the tree of one statement, as libpg_query prints it (one line, canonical case),
// or
// "" where it cannot. Used for messages and for comparing expressions by meaning.
std::string Deparse(const Node* statement);

}  // namespace strata::sql
