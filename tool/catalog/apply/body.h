// The bodies of functions and DO blocks.
#pragma once

#include <string>
#include <string_view>

#include "catalog/analyze/plpgsql.h"
#include "catalog/analyze/returns.h"
#include "catalog/apply/context.h"

namespace strata::catalog {

// A string literal of the statement and where its text stands in the script.
struct BodyText {
  std::string text;
  Span literal;           // with its quotes
  std::size_t begin = 0;  // of the text itself
  bool verbatim = false;  // what stands in the script is the text, byte for byte
  // A span of the text as a span of the script.
  Span InScript(Span span) const;
};

// The literal that follows `from` in the statement and has this value.
BodyText LocateBody(const Context& context, std::string_view value, std::size_t from);

// Reports the syntax errors of the PL/pgSQL body of a CREATE FUNCTION statement.
void CheckPlpgsql(Context& context, const BodyText& body, const Returning& returning);
// Puts a RETURN that does not fit in the place of a fault that stands after it.
void AddReturnFault(std::string_view body, const Returning& returning, PlpgsqlFault* fault);
// Reports a fault that was found; false where there is none that is certain.
bool ReportPlpgsql(Context& context, const BodyText& body, const PlpgsqlFault& fault);

// Parses and analyses an SQL function's body, and checks what it returns.
void CheckSqlBody(Context& context, const Function& function, const BodyText& body);

}  // namespace strata::catalog
