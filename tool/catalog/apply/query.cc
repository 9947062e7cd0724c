#include "catalog/apply/query.h"

#include "catalog/apply/table/query_relation.h"
#include "catalog/expr.h"
#include "sql/token.h"
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
  if (name != "search_path") return;
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

// The function of the migrations' own that is called and whose body changes the schema, or null.
const Function* ActsOnSchema(const Context& context, const sql::FuncCall& call) {
  const std::string name(sql::StringOf(call.funcname[call.n_funcname - 1]));
  const std::string schema(call.n_funcname > 1 ? sql::StringOf(call.funcname[call.n_funcname - 2])
                                               : "");
  for (const Function* f : context.catalog.FindFunctions(schema, name)) {
    const bool own = f->oid >= kFirstUserOid && f->oid < (1u << 31) &&
                     (f->language == "plpgsql" || f->language == "sql");
    if (!own || f->volatility != 'v') continue;
    for (const char* word : {"execute", "create", "alter", "drop"}) {
      if (sql::FindKeyword(f->body, {0, f->body.size()}, word)) return f;
    }
  }
  return nullptr;
}

void DoubtWords(Context& context, std::string_view text) {
  for (std::size_t at = 0;;) {
    const sql::Token token = sql::NextToken(text, at);
    if (token.kind == sql::TokenKind::kEnd) return;
    at = token.span.end;
    const std::string value = sql::ValueOf(text, token);
    if (token.kind == sql::TokenKind::kString && value != text) DoubtWords(context, value);
    if (token.kind == sql::TokenKind::kIdentifier ||
        token.kind == sql::TokenKind::kQuotedIdentifier)
      context.Doubt(value);
  }
}

// The function may make or drop what its body and its arguments name.
void DoubtCall(Context& context, const Function& f, const sql::FuncCall& call) {
  DoubtWords(context, f.body);
  for (const sql::Node* n : sql::Each(call.n_args, call.args)) {
    const std::string value = OptionText(n);
    if (value.empty()) {
      context.Doubt("*");
    } else {
      DoubtWords(context, value);
    }
  }
  context.Skip("what the function \"" + f.name + "\" does to the schema is not followed");
}

}  // namespace

void ApplyQuery(Context& context, const sql::Node* statement) {
  sql::Walk(statement, [&](const sql::Node* n) {
    const auto* call = sql::As<sql::FuncCall>(n);
    if (call == nullptr || call->n_funcname == 0) return true;
    if (sql::StringOf(call->funcname[call->n_funcname - 1]) == "set_config")
      SetConfig(context, *call);
    if (const Function* f = ActsOnSchema(context, *call)) DoubtCall(context, *f, *call);
    return true;
  });
  const auto* select = sql::As<sql::SelectStmt>(statement);
  if (select != nullptr && select->into_clause != nullptr) {
    return CreateTableAs(context, statement, *select->into_clause, false, false);
  }
  AnalyzeQuery(context.catalog, statement, {}, context.findings());
}

}  // namespace strata::catalog
