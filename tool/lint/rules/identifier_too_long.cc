#include <algorithm>

#include "lint/match.h"
#include "sql/token.h"

namespace strata {
namespace lint {
namespace {

void Check(const Step& step, Report* report) {
  for (std::size_t at = step.span().begin; at < step.span().end;) {
    const sql::Token token = sql::NextToken(step.text, at);
    if (token.kind == sql::TokenKind::kEnd || token.span.begin >= step.span().end) return;
    at = std::max(token.span.end, at + 1);
    const bool quoted = token.kind == sql::TokenKind::kQuotedIdentifier;
    if (!quoted && token.kind != sql::TokenKind::kIdentifier) continue;
    const std::size_t size = token.span.end - token.span.begin - (quoted ? 2 : 0);
    if (size <= 63) continue;
    report->Add(token.span, "PostgreSQL cuts this name to 63 bytes: " +
                                std::string(step.text.substr(token.span.begin + quoted, 63)));
    return;
  }
}

}  // namespace
}  // namespace lint

extern const Rule kRule_identifier_too_long;
const Rule kRule_identifier_too_long = {
    .name = "identifier-too-long",
    .family = RuleFamily::kDesign,
    .summary = "a name of more than 63 bytes",
    .why =
        "PostgreSQL cuts it with a mere notice. Two names that begin alike then clash, and code "
        "that looks the "
        "name up in the catalog does not find it.",
    .help = "choose a shorter name",
    .bad =
        "CREATE INDEX orders_by_customer_and_by_the_day_on_which_they_were_placed_and_paid ON "
        "orders (customer_id);",
    .good = "CREATE INDEX orders_customer_id_idx ON orders (customer_id);",
    .source = "https://www.postgresql.org/docs/15/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS",
    .squawk = "identifier-too-long",
    .step = lint::Check,
};

}  // namespace strata
