#include "catalog/analyze/analyze.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

std::string Mode(char mode) {
  switch (mode) {
    case 'o':
      return "OUT ";
    case 'b':
      return "INOUT ";
    case 'v':
      return "VARIADIC ";
    default:
      return "";
  }
}

std::string Argument(const Catalog& catalog, const FunctionArgument& a) {
  std::string text = Mode(a.mode);
  if (!a.name.empty()) text += QuoteIdentifier(a.name) + " ";
  text += SqlType(catalog, a);
  if (a.default_value != nullptr) text += " DEFAULT " + Print(catalog, *a.default_value);
  return text;
}

std::string Arguments(const Catalog& catalog, const Function& f, bool table_columns) {
  std::vector<std::string> parts;
  for (const FunctionArgument& a : f.arguments) {
    if ((a.mode == 't') == table_columns) parts.push_back(Argument(catalog, a));
  }
  return Join(parts, ", ");
}

std::string Returns(const Catalog& catalog, const Function& f) {
  const std::string table = Arguments(catalog, f, true);
  if (!table.empty()) return "\nRETURNS TABLE(" + table + ")";
  if (f.kind == FunctionKind::kProcedure) return "";
  return std::string("\nRETURNS ") + (f.returns_set ? "SETOF " : "") +
         (f.result.type == 0 ? f.written_result : SqlType(catalog, {f.result.type, -1}));
}

// A tag that the body does not hold.
std::string DollarQuoted(const std::string& body) {
  std::string tag = "$$";
  for (int n = 0; body.find(tag) != std::string::npos || body.ends_with('$'); ++n) {
    tag = "$" + std::string(n == 0 ? "body" : "body" + std::to_string(n)) + "$";
    if (body.find(tag) == std::string::npos) break;
  }
  return tag + body + tag;
}

std::string Number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

// What is not usual of cost and rows. Source: functioncmds.c.
std::string Planning(const Function& f) {
  const double usual_cost = f.language == "c" || f.language == "internal" ? 1 : 100;
  std::string text;
  if (f.cost >= 0 && f.cost != usual_cost) text += "\nCOST " + Number(f.cost);
  if (f.returns_set && f.rows >= 0 && f.rows != 1000) text += "\nROWS " + Number(f.rows);
  return text;
}

std::string Attributes(const Function& f) {
  std::string text;
  if (f.kind == FunctionKind::kWindow) text += "\nWINDOW";
  if (f.volatility == 'i') text += "\nIMMUTABLE";
  if (f.volatility == 's') text += "\nSTABLE";
  if (f.leakproof) text += "\nLEAKPROOF";
  if (f.strict) text += "\nSTRICT";
  if (f.security_definer) text += "\nSECURITY DEFINER";
  if (f.parallel == 's') text += "\nPARALLEL SAFE";
  if (f.parallel == 'r') text += "\nPARALLEL RESTRICTED";
  text += Planning(f);
  for (const auto& [name, value] : f.settings) text += "\nSET " + name + " TO " + value;
  return text;
}

std::string CreateAggregate(const Catalog& catalog, const Function& f) {
  std::vector<std::string> direct, rest;
  for (const FunctionArgument& a : f.arguments) {
    const bool is_direct = static_cast<int>(direct.size()) < f.direct_arguments;
    (is_direct ? direct : rest).push_back(Argument(catalog, a));
  }
  std::string arguments = Join(direct, ", ");
  if (f.direct_arguments >= 0)
    arguments += (arguments.empty() ? "ORDER BY " : " ORDER BY ") + Join(rest, ", ");
  if (f.direct_arguments < 0) arguments = rest.empty() ? "*" : Join(rest, ", ");
  return "CREATE AGGREGATE " + SqlFunction(catalog, f) + "(" + arguments + ") (" + f.definition +
         ")";
}

// $1 as function.argument, where it has a name, and without the function's where no column can be
// meant; lines after the first further in.
std::string Placed(const std::string& text, const Function& f) {
  const std::vector<FunctionArgument> inputs = InputsOf(f);
  const bool columns = f.inline_body->block || text.find("SELECT") != std::string::npos;
  const std::string prefix = columns ? QuoteIdentifier(f.name) + "." : "";
  std::string placed;
  for (std::size_t at = 0; at < text.size();) {
    const sql::Token token = sql::NextToken(text, at);
    for (; at < token.span.begin; ++at)
      placed += text[at] == '\n' ? "\n    " : std::string(1, text[at]);
    at = token.span.end;
    const std::string word = text.substr(token.span.begin, at - token.span.begin);
    const sql::Token next = sql::NextToken(text, at);
    const bool parameter =
        word == "$" && next.kind == sql::TokenKind::kNumber && next.span.begin == at;
    const std::size_t number =
        parameter ? std::stoul(text.substr(at, next.span.end - at)) : std::size_t{0};
    const bool named = number >= 1 && number <= inputs.size() && !inputs[number - 1].name.empty();
    placed += named ? prefix + QuoteIdentifier(inputs[number - 1].name) : word;
    if (named) at = next.span.end;
  }
  return placed;
}

}  // namespace

std::string PrintInlineBody(const Catalog& catalog, const Function& f) {
  const auto print = [&](const InlineBody::Statement& statement) {
    return statement.query != nullptr ? Print(catalog, *statement.query)
                                      : "RETURN " + Print(catalog, *statement.returned);
  };
  if (!f.inline_body->block) return Placed(print(f.inline_body->statements[0]), f);
  std::string text = "BEGIN ATOMIC";
  for (const InlineBody::Statement& statement : f.inline_body->statements)
    text += "\n    " + Placed(print(statement), f) + ";";
  return text + "\nEND";
}

std::string CreateFunction(const Catalog& catalog, const Function& f, bool replace) {
  if (f.kind == FunctionKind::kAggregate) return CreateAggregate(catalog, f);
  std::string sql = replace ? "CREATE OR REPLACE " : "CREATE ";
  sql += f.kind == FunctionKind::kProcedure ? "PROCEDURE " : "FUNCTION ";
  sql += SqlFunction(catalog, f) + "(" + Arguments(catalog, f, false) + ")" + Returns(catalog, f);
  sql += "\nLANGUAGE " + QuoteIdentifier(f.language) + Attributes(f);
  if (f.inline_body) return sql + "\n" + PrintInlineBody(catalog, f);
  if (f.language == "c" || f.language == "internal") {
    const bool symbol = !f.definition.empty() && f.definition != f.name;
    return sql + "\nAS " + QuoteLiteral(f.body) + (symbol ? ", " + QuoteLiteral(f.definition) : "");
  }
  return sql + "\nAS " + DollarQuoted(f.body);
}

}  // namespace strata::catalog
