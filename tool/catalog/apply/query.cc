#include "catalog/apply/query.h"

#include "catalog/apply/block/calls.h"
#include "catalog/apply/table/query_relation.h"
#include "catalog/expr.h"
#include "sql/walk.h"

namespace strata::catalog {
namespace {

void SetConfig(Context& context, const sql::FuncCall& call) {
  if (call.n_args < 2) return;
  const std::string name = OptionText(call.args[0]), value = OptionText(call.args[1]);
  if (name == "check_function_bodies") {
    context.catalog.session.check_function_bodies = value != "false" && value != "off";
    return;
  }
  if (name != "search_path" || sql::As<sql::AConst>(call.args[1]) == nullptr) return;
  std::vector<std::string> path;
  std::string word;
  for (char c : value + ",") {
    if (c == ',') {
      if (!word.empty() && word != "$user") path.push_back(word);
      word.clear();
    } else if (c != ' ' && c != '"') {
      word += c;
    }
  }
  context.catalog.session.search_path = std::move(path);
}

}  // namespace

void ApplyQuery(Context& context, const sql::Node* statement) {
  sql::Walk(statement, [&](const sql::Node* n) {
    const auto* call = sql::As<sql::FuncCall>(n);
    if (call == nullptr || call->n_funcname == 0) return true;
    if (sql::StringOf(call->funcname[call->n_funcname - 1]) == "set_config")
      SetConfig(context, *call);
    return true;
  });
  FollowCalls(context, statement, {}, Certainty::kRuns);
  const auto* select = sql::As<sql::SelectStmt>(statement);
  if (select != nullptr && select->into_clause != nullptr) {
    return CreateTableAs(context, statement, *select->into_clause, false, false);
  }
  AnalyzeQuery(context.catalog, statement, {}, context.findings());
}

}  // namespace strata::catalog
