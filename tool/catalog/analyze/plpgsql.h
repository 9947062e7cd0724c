// PL/pgSQL bodies: CREATE FUNCTION, CREATE PROCEDURE and DO.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "catalog/objects.h"
#include "catalog/problem.h"
#include "sql/parse.h"

namespace strata::catalog {

// Where the text of a function's body lies in the script.
struct BodyText {
  std::string text;      // the body as PostgreSQL sees it
  Span at;               // its place; positions in `text` map one to one where `exact`
  bool exact = false;    // false: quoted with escapes inside
  std::string language;  // lower case; "plpgsql" for a DO without LANGUAGE
};
// Returns an empty text where the statement is neither CREATE FUNCTION nor DO, or has no body
// string.
BodyText BodyOf(std::string_view script, const sql::ParsedStatement& statement);

// Appends what PostgreSQL's PL/pgSQL compiler would refuse, as it does when the function is created
// or the DO block is run. Nothing for other languages.
void CheckPlpgsql(std::string_view script, const sql::ParsedStatement& statement,
                  Findings* findings);

// One statement of a DO block that is certainly executed.
struct BodyStatement {
  enum class Kind { kStatement, kExpression, kRaise };
  Kind kind = Kind::kStatement;
  std::string
      sql;  // kStatement: SQL; kExpression: an expression; kRaise: the message of RAISE EXCEPTION
  std::size_t offset = 0;  // where `sql` begins in the script; 0: not known
};

struct DoBlock {
  std::vector<BodyStatement> statements;    // executed one after another, whatever the data
  std::vector<FunctionArgument> variables;  // what else a name in them may mean; types not known
  // Every statement of the block is in `statements`; else it may do more than they do.
  bool complete = false;
  std::string reason;  // why not
};
DoBlock ReadDoBlock(std::string_view script, const sql::ParsedStatement& statement);

}  // namespace strata::catalog
