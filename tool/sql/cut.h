// Where statements end, by PostgreSQL's lexical rules alone. The grammar decides what a statement
// is; this serves the two texts that the grammar cannot read whole: one with a syntax error in it,
// and one with COPY data between its statements.
#pragma once

#include <string_view>
#include <vector>

#include "base/span.h"

namespace strata::sql {

struct Cut {
  Span statement;  // without the semicolon, without blanks and comments at either end; not empty
  Span copy_data;  // after COPY … FROM stdin: the data lines
  bool copy_from_stdin = false;
};

// Cuts at each ';' outside quotes, comments, parentheses and BEGIN ATOMIC bodies. Never fails: an
// unclosed quote or comment runs to the end of the text.
std::vector<Cut> CutStatements(std::string_view text);

// Returns the first offset at or after `offset` that is neither blank nor inside a comment.
std::size_t SkipBlanks(std::string_view text, std::size_t offset);

}  // namespace strata::sql
