#include "catalog/analyze/returns.h"

#include "sql/token.h"

namespace strata::catalog {
namespace {

PlpgsqlFault Mismatch(std::string message, std::size_t at, std::string help = "") {
  PlpgsqlFault fault;
  fault.message = std::move(message);
  fault.at = at;
  fault.rule = "datatype-mismatch";
  fault.help = std::move(help);
  return fault;
}

PlpgsqlFault Syntax(std::string message, std::size_t at) {
  PlpgsqlFault fault;
  fault.message = std::move(message);
  fault.at = at;
  return fault;
}

PlpgsqlFault OfPlain(const Returning& returning, bool bare, std::size_t at) {
  if (returning.set || returning.nothing || returning.procedure || returning.outputs) {
    if (bare) return {};
    if (returning.set) {
      return Mismatch("RETURN cannot have a parameter in function returning set", at,
                      "use RETURN NEXT or RETURN QUERY");
    }
    if (returning.outputs)
      return Mismatch("RETURN cannot have a parameter in function with OUT parameters", at);
    if (returning.procedure) return Syntax("RETURN cannot have a parameter in a procedure", at);
    return Mismatch("RETURN cannot have a parameter in function returning void", at);
  }
  return bare ? Syntax("missing expression at or near \";\"", at) : PlpgsqlFault{};
}

// `kind`: NEXT or QUERY, which stands at `at`; `bare`: nothing follows it, at `rest`.
PlpgsqlFault OfRows(const Returning& returning, std::string kind, std::size_t at, bool bare,
                    std::size_t rest) {
  if (!returning.set) return Mismatch("cannot use RETURN " + kind + " in a non-SETOF function", at);
  if (kind == "QUERY") return {};
  if (returning.outputs && !bare)
    return Mismatch("RETURN NEXT cannot have a parameter in function with OUT parameters", rest);
  if (!returning.outputs && bare) return Syntax("missing expression at or near \";\"", rest);
  return {};
}

// Walks over the body's tokens.
class Reader {
 public:
  Reader(std::string_view body, const Returning& returning)
      : body_(body), returning_(returning), token_(sql::NextToken(body, 0)) {}

  PlpgsqlFault Find() {
    bool begins = true;
    while (token_.kind != sql::TokenKind::kEnd) {
      if (begins && Is("return")) {
        PlpgsqlFault fault = AtReturn();
        if (!fault.message.empty()) return fault;
      }
      begins = Is(";") || Is("begin") || Is("then") || Is("else") || Is("loop");
      Next();
    }
    return {};
  }

 private:
  void Next() { token_ = sql::NextToken(body_, token_.span.end); }
  bool Is(std::string_view word) const {
    const bool bare =
        token_.kind == sql::TokenKind::kIdentifier || token_.kind == sql::TokenKind::kPunctuation;
    return bare && sql::ValueOf(body_, token_) == word;
  }

  PlpgsqlFault AtReturn() {
    const std::size_t at = token_.span.begin;
    Next();
    if (!Is("next") && !Is("query")) return OfPlain(returning_, Is(";"), token_.span.begin);
    const std::string kind = Is("next") ? "NEXT" : "QUERY";
    Next();
    return OfRows(returning_, kind, at, Is(";"), token_.span.begin);
  }

  std::string_view body_;
  const Returning& returning_;
  sql::Token token_;
};

}  // namespace

PlpgsqlFault FindReturnFault(std::string_view body, const Returning& returning) {
  // A function of SQL that is made inside has statements of its own.
  const bool inner = sql::FindKeyword(body, {0, body.size()}, "atomic").has_value();
  if (!returning.known || inner) return {};
  return Reader(body, returning).Find();
}

}  // namespace strata::catalog
