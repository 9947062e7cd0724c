#include "catalog/apply/block/calls.h"

#include <algorithm>

#include "catalog/apply/block/uncertain.h"
#include "catalog/apply/block/unread.h"
#include "catalog/print/define.h"
#include "sql/parse.h"
#include "sql/token.h"
#include "sql/walk.h"

namespace strata::catalog {
namespace {

constexpr std::size_t kDeepest = 8;

bool ChangesSchema(std::string_view body) {
  for (const char* word : {"execute", "create", "alter", "drop", "perform", "call"}) {
    if (sql::FindKeyword(body, {0, body.size()}, word)) return true;
  }
  return false;
}

// The function of the migrations' own that is called and may change the schema, or null.
const Function* ActsOnSchema(const Context& context, const sql::FuncCall& call) {
  const std::string name(sql::StringOf(call.funcname[call.n_funcname - 1]));
  const std::string schema(call.n_funcname > 1 ? sql::StringOf(call.funcname[call.n_funcname - 2])
                                               : "");
  for (const Function* f : context.catalog.FindFunctions(schema, name)) {
    const bool own = f->oid >= kFirstUserOid && f->oid < (1u << 31) &&
                     (f->language == "plpgsql" || f->language == "sql");
    const bool fits = f->inputs.size() >= call.n_args || f->variadic != 0;
    if (own && fits && f->volatility == 'v' && ChangesSchema(f->body)) return f;
  }
  return nullptr;
}

Variables Bind(const Context& context, const Function& f, const sql::FuncCall& call,
               const Variables& outer) {
  Variables bound;
  std::size_t next = 0;
  auto bind = [&](std::size_t number, const std::string& name, const sql::Node* value) {
    const Text text = Evaluate(context.catalog, value, outer);
    bound["$" + std::to_string(number)] = text;
    if (!name.empty()) bound[name] = bound[f.name + "." + name] = text;
  };
  std::vector<std::string> names;
  for (const FunctionArgument& a : f.arguments) {
    if (a.mode == 'i' || a.mode == 'b') names.push_back(a.name);
  }
  for (const sql::Node* n : sql::Each(call.n_args, call.args)) {
    if (f.variadic != 0 && next + 1 >= f.inputs.size()) break;
    if (const auto* named = sql::As<sql::NamedArgExpr>(n)) {
      bind(0, named->name, named->arg);
      continue;
    }
    bind(next + 1, next < names.size() ? names[next] : "", n);
    ++next;
  }
  return bound;
}

void FollowSql(Context& context, const Function& f, Certainty certainty) {
  const sql::ParsedScript script = sql::Parse(f.body);
  for (const sql::ParsedStatement& s : script.statements) {
    if (s.tree == nullptr) return;
    if (certainty != Certainty::kMayRun) {
      const Catalog before = context.catalog;
      if (Apply(&context.catalog, f.body, s, true).findings.problems.empty()) continue;
      context.catalog = before;
    }
    DoubtStatements(context,
                    std::string_view(f.body).substr(s.span.begin, s.span.end - s.span.begin));
  }
}

void FollowFunction(Context& context, const Function& f, const sql::FuncCall& call,
                    const Variables& variables, Certainty certainty) {
  if (f.language == "sql") return FollowSql(context, f, certainty);
  const sql::PlpgsqlResult parsed = sql::ParsePlpgsql(CreateFunction(context.catalog, f));
  const Json json = parsed.error.empty() ? ReadJson(parsed.json) : Json{};
  if (json.items.empty() || json.items[0].members.empty()) {
    DoubtUnreadBlock(context, f.body);
    return context.Skip("the body of the function \"" + f.name + "\" could not be read");
  }
  BodyText body;
  body.text = f.body;
  body.literal = context.Whole();
  FollowBlock(context, body, json.items[0].members[0].second, Bind(context, f, call, variables),
              certainty);
}

}  // namespace

void FollowCall(Context& context, const sql::FuncCall& call, const Variables& variables,
                Certainty certainty) {
  if (call.n_funcname == 0) return;
  const Function* found = ActsOnSchema(context, call);
  if (found == nullptr) return;
  const Function f = *found;
  const std::vector<Oid> calls = context.catalog.session.calls;
  if (calls.size() > kDeepest) return context.Doubt("*");
  // A function that calls itself does again what is being followed, but for names that it makes up.
  if (std::find(calls.begin(), calls.end(), f.oid) != calls.end()) {
    if (sql::FindKeyword(f.body, {0, f.body.size()}, "execute")) DoubtStatements(context, f.body);
    return;
  }
  context.catalog.session.calls.push_back(f.oid);
  // What SET changes while the function runs is not followed either.
  FollowFunction(context, f, call, variables, f.settings.empty() ? certainty : Certainty::kMayRun);
  context.catalog.session.calls = calls;
}

void FollowCalls(Context& context, const sql::Node* statement, const Variables& variables,
                 Certainty certainty) {
  // SELECT f(…) and nothing else calls it once.
  const auto* select = sql::As<sql::SelectStmt>(statement);
  const bool once = select != nullptr && select->n_from_clause == 0 &&
                    select->where_clause == nullptr && select->with_clause == nullptr;
  sql::Walk(statement, [&](const sql::Node* n) {
    const auto* call = sql::As<sql::FuncCall>(n);
    if (call == nullptr) return true;
    bool outermost = false;
    if (once) {
      for (const sql::Node* t : sql::Each(select->n_target_list, select->target_list))
        outermost |= sql::As<sql::ResTarget>(t) != nullptr && sql::As<sql::ResTarget>(t)->val == n;
    }
    FollowCall(context, *call, variables, outermost ? certainty : Certainty::kMayRun);
    return true;
  });
}

}  // namespace strata::catalog
