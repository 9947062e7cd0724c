// EXPLAIN
#include "catalog/apply/query.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {
namespace {

bool Analyzes(const sql::ExplainStmt& statement) {
  bool analyzes = false;
  for (const sql::Node* n : sql::Each(statement.n_options, statement.options)) {
    const auto* option = sql::As<sql::DefElem>(n);
    if (option != nullptr && std::string_view(option->defname) == "analyze")
      analyzes = OptionIsTrue(option->arg);
  }
  return analyzes;
}

}  // namespace

void ApplyStatement(Context& context, const sql::ExplainStmt& statement) {
  if (Analyzes(statement)) return ApplyNode(context, statement.query);
  const auto* made = sql::As<sql::CreateTableAsStmt>(statement.query);
  AnalyzeQuery(context.catalog, made == nullptr ? statement.query : made->query, {},
               context.findings());
}

}  // namespace strata::catalog
