#include "catalog/apply/apply.h"

#include "catalog/apply/context.h"
#include "catalog/apply/statement.h"

namespace strata::catalog {
namespace {

// The first name in double quotes.
std::string QuotedName(const std::string& message) {
  const std::size_t open = message.find('"');
  if (open == std::string::npos) return "";
  const std::size_t close = message.find('"', open + 1);
  const std::string name = message.substr(open + 1, close - open - 1);
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos ? name : name.substr(dot + 1);
}

bool IsAboutExistence(const std::string& rule) {
  return rule.starts_with("undefined-") || rule.starts_with("duplicate-") ||
         rule == "invalid-schema-name";
}

// Takes out what is said against names that are in doubt, and puts the names of the rest in doubt,
// so that one mistake is not reported twice.
void Forgive(Session* session, std::vector<Problem>* problems) {
  std::vector<Problem> kept;
  for (Problem& problem : *problems) {
    if (IsAboutExistence(problem.rule)) {
      const std::string name = QuotedName(problem.message);
      if (session->IsDoubtful(name)) continue;
      if (!name.empty() && problem.rule.starts_with("undefined-")) session->doubtful.insert(name);
    }
    kept.push_back(std::move(problem));
  }
  *problems = std::move(kept);
}

}  // namespace

ApplyResult Apply(Catalog* catalog, std::string_view text, const sql::ParsedStatement& statement,
                  bool in_transaction) {
  Context context(catalog, text, statement, in_transaction);
  if (statement.tree == nullptr) {
    context.Report("syntax-error", statement.error.message, statement.error.at);
    return std::move(context.result);
  }
  switch (statement.tree->node_case) {
#define STRATA_STATEMENT(type, case_name)                         \
  case PG_QUERY__NODE__NODE_##case_name:                          \
    ApplyStatement(context, *sql::As<sql::type>(statement.tree)); \
    break;
#include "catalog/apply/statements.inc"
#undef STRATA_STATEMENT
    default:
      context.Skip(std::string(sql::KindOf(statement.tree)) + " is not analysed");
  }
  Forgive(&catalog->session, &context.result.findings.problems);
  return std::move(context.result);
}

}  // namespace strata::catalog
