// Where statements and comments stand, by the lexical rules of a dialect alone. PostgreSQL's
// grammar decides what a statement is; this serves what the grammar cannot: a text with a syntax
// error in it, COPY data between statements, comments (directives live in them), and the sqlite
// dialect.
#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"
#include "strata/migration_set.h"

namespace strata {

struct Cut {
  Span statement;  // without the semicolon, without blanks and comments at either end; not empty
  Span copy_data;  // after COPY … FROM stdin: the data lines
  bool copy_from_stdin = false;
  // How deep a parse tree of it can become: an upper bound, save for a constant. postgres only.
  int depth = 0;
};

struct Lexed {
  std::vector<Cut> statements;
  std::vector<Span> line_comments;    // from "--" to the line's end, the line end excluded
  std::vector<Span> nested_comments;  // block comments with another inside, from "/*" to "*/"
  std::size_t unclosed_comment =
      std::string_view::npos;  // where a block comment that never ends begins
};

// Cuts at each ';' that ends a statement. postgres: outside quotes, comments, parentheses and BEGIN
// ATOMIC bodies. sqlite: as sqlite3_complete() does, CREATE TRIGGER … END being one statement.
// Never fails: an unclosed quote or comment runs to the end of the text.
Lexed Lex(std::string_view text, Dialect dialect);

// Returns the first offset at or after `offset` that is neither blank nor inside a comment.
// Comments nest in postgres and do not in sqlite.
std::size_t SkipBlanks(std::string_view text, std::size_t offset,
                       Dialect dialect = Dialect::kPostgres);

}  // namespace strata
