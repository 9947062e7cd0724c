#include "catalog/apply/block/follower.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "catalog/apply/block/calls.h"
#include "catalog/apply/block/condition.h"
#include "catalog/apply/block/uncertain.h"
#include "sql/parse.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

constexpr std::size_t kMostTurns = 64;  // of a loop that are followed one by one

std::string Upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

bool IsData(const sql::Node* n) {
  return sql::As<sql::SelectStmt>(n) != nullptr || sql::As<sql::InsertStmt>(n) != nullptr ||
         sql::As<sql::UpdateStmt>(n) != nullptr || sql::As<sql::DeleteStmt>(n) != nullptr ||
         sql::As<sql::MergeStmt>(n) != nullptr;
}

class Follower {
 public:
  Follower(Context& context, const BodyText& body, const Json& function, Variables variables)
      : context_(context), body_(body), variables_(std::move(variables)) {
    ReadVariables(function);
  }

  void Follow(const Json* statements, Certainty certainty) {
    if (statements == nullptr) return;
    for (const Json& wrapped : statements->items) {
      if (stopped_ || wrapped.members.empty()) return;
      Statement(wrapped.members[0].first, wrapped.members[0].second,
                returned_ ? Certainty::kMayRun : certainty);
    }
  }

 private:
  void ReadVariables(const Json& function) {
    const Json* datums = function.Find("datums");
    if (datums == nullptr) return;
    for (const Json& datum : datums->items) {
      names_.emplace_back();
      if (datum.members.empty()) continue;
      const Json& variable = datum.members[0].second;
      const std::string name = names_.back() = variable.Text("refname");
      const bool implied =
          name == "found" || name == "sqlstate" || name == "sqlerrm" || name == "(unnamed row)";
      has_variables_ |= !implied;
      if (const std::string value = variable.Query("default_val"); !value.empty())
        variables_[name] = Evaluate(context_.catalog, value, variables_);
    }
  }

  // --- variables ---
  void Forget(const std::string& name) {
    variables_.erase(name);
    std::erase_if(variables_, [&](const auto& v) { return v.first.starts_with(name + "."); });
  }
  std::string VariableOf(const Json& s) const {
    const std::string number = s.Text("varno");
    const std::size_t at =
        number.empty() ? names_.size() : std::strtoul(number.c_str(), nullptr, 10);
    return at < names_.size() ? names_[at] : "";
  }
  // What a statement, or anything inside it, gives new values.
  void ForgetWritten(const Json& s) {
    for (const Json& item : s.items) ForgetWritten(item);
    if (const std::string name = VariableOf(s); !name.empty()) Forget(name);
    for (const auto& [name, value] : s.members) {
      if (name == "target" || name == "var" || name == "fields") {
        for (const std::string& target : TargetsOf(value)) Forget(target);
      }
      ForgetWritten(value);
    }
  }
  std::vector<std::string> TargetsOf(const Json& target) const {
    std::vector<std::string> found;
    if (target.members.empty()) return found;
    const Json& row = target.members[0].second;
    if (const Json* fields = row.Find("fields")) {
      for (const Json& field : fields->items) found.push_back(field.Text("name"));
    } else {
      found.push_back(row.Text("refname"));
    }
    return found;
  }

  // --- statements ---
  void Statement(const std::string& kind, const Json& s, Certainty certainty) {
    if (kind == "PLpgSQL_stmt_block") return Block(s, certainty);
    if (kind == "PLpgSQL_stmt_assign") return Assign(s);
    if (kind == "PLpgSQL_stmt_execsql") return RunInto(s, certainty);
    if (kind == "PLpgSQL_stmt_perform" || kind == "PLpgSQL_stmt_call")
      return Run(s.Query("expr"), certainty, false);
    if (kind == "PLpgSQL_stmt_dynexecute") return Execute(s, certainty);
    if (kind == "PLpgSQL_stmt_raise") return Raise(s, certainty);
    if (kind == "PLpgSQL_stmt_if") return If(s, certainty);
    if (kind == "PLpgSQL_stmt_foreach_a" || kind == "PLpgSQL_stmt_fors") return Loop(s, certainty);
    if (kind == "PLpgSQL_stmt_return") {
      stopped_ = certainty != Certainty::kMayRun;
      returned_ = true;
      return;
    }
    ForgetWritten(s);
    Inside(s);
    ForgetWritten(s);
  }

  void Block(const Json& s, Certainty certainty) {
    const bool guarded = s.Find("exceptions") != nullptr;
    if (guarded) ++guards_;
    Follow(s.Find("body"), guarded ? Certainty::kMayRun : certainty);
    if (guarded) --guards_;
    if (guarded) Inside(*s.Find("exceptions"));
  }

  void Assign(const Json& s) {
    const std::string name = VariableOf(s);
    const std::string text = s.Query("expr");
    const std::size_t equals = text.find('=');
    if (name.empty() || equals == std::string::npos) return;
    std::size_t end = equals > 0 && text[equals - 1] == ':' ? equals - 1 : equals;
    while (end > 0 && text[end - 1] == ' ') --end;
    const bool whole = Upper(text.substr(0, end)) == Upper(name);
    const Text value = Evaluate(context_.catalog, text.substr(equals + 1), variables_);
    Forget(name);
    if (whole) variables_[name] = value;
  }

  void If(const Json& s, Certainty certainty) {
    if (certainty == Certainty::kRuns) Condition(s.Query("cond"));
    const std::optional<bool> holds = Decide(context_.catalog, s.Query("cond"), variables_);
    if (!holds) return Either(s);
    if (*holds) return Follow(s.Find("then_body"), certainty);
    Else(s, certainty);
  }

  // The condition of `s` does not hold: the next one that does has its turn.
  void Else(const Json& s, Certainty certainty) {
    const Json* others = s.Find("elsif_list");
    const std::size_t count = others == nullptr ? 0 : others->items.size();
    for (std::size_t i = 0; i < count; ++i) {
      const Json& wrapped = others->items[i];
      const Json& other = wrapped.members.empty() ? wrapped : wrapped.members[0].second;
      const std::optional<bool> holds = Decide(context_.catalog, other.Query("cond"), variables_);
      if (holds == std::optional<bool>(false)) continue;
      if (holds) return Follow(other.Find("stmts"), certainty);
      Inside(*others);
      if (const Json* last = s.Find("else_body")) Inside(*last);
      return ForgetWritten(s);
    }
    Follow(s.Find("else_body"), certainty);
  }

  // It is not known which way an IF goes.
  void Either(const Json& s) {
    const std::string condition = Upper(s.Query("cond"));
    const bool guard = condition.find("EXISTS") != std::string::npos ||
                       condition.find("TO_REG") != std::string::npos;
    const Variables before = variables_;
    if (guard) ++guards_;
    Follow(s.Find("then_body"), Certainty::kMayRun);
    if (guard) --guards_;
    for (const char* other : {"elsif_list", "else_body"}) {
      variables_ = before;
      if (const Json* body = s.Find(other)) Inside(*body);
    }
    variables_ = before;
    ForgetWritten(s);
  }

  // Cases, handlers and what else holds statements: they may run.
  void Inside(const Json& s) {
    for (const Json& item : s.items) Inside(item);
    for (const auto& [name, value] : s.members) {
      if (name.starts_with("PLpgSQL_stmt_")) {
        const int guards = guards_;
        guards_ = 0;
        Statement(name, value, Certainty::kMayRun);
        guards_ = guards;
      } else {
        Inside(value);
      }
    }
  }

  static bool Leaves(const Json& s) {
    for (const Json& item : s.items) {
      if (Leaves(item)) return true;
    }
    for (const auto& [name, value] : s.members) {
      if (name == "PLpgSQL_stmt_exit" || name == "PLpgSQL_stmt_return" || Leaves(value))
        return true;
    }
    return false;
  }

  // A loop over values that stand there is followed turn by turn.
  void Loop(const Json& s, Certainty certainty) {
    std::vector<Text> values;
    std::string variable = VariableOf(s), field;
    bool known = false;
    if (!variable.empty()) {
      known = EvaluateArray(context_.catalog, s.Query("expr"), variables_, &values);
    } else if (const Json* target = s.Find("var")) {
      const std::vector<std::string> targets = TargetsOf(*target);
      if (targets.size() == 1) variable = targets[0];
      known = EvaluateRows(context_.catalog, s.Query("query"), variables_, &values, &field);
    }
    const Json* body = s.Find("body");
    ForgetWritten(s);
    if (known && values.size() <= kMostTurns && !variable.empty() && body != nullptr) {
      for (const Text& value : values) {
        ForgetWritten(s);
        variables_[variable] = value;
        if (!field.empty()) variables_[variable + "." + field] = value;
        Follow(body, Leaves(*body) ? Certainty::kMayRun : certainty);
      }
    } else if (body != nullptr) {
      Inside(*body);
    }
    ForgetWritten(s);
  }

  void Raise(const Json& s, Certainty certainty) {
    constexpr int kError = 21;  // elog.h
    if (std::atoi(s.Text("elog_level").c_str()) < kError) return;
    if (certainty == Certainty::kRuns) {
      std::string message = s.Text("message");
      if (message.empty()) message = s.Text("condname");
      context_.Report("raise-exception",
                      message.empty() ? "the block raises an exception" : message, Locate("RAISE"));
    }
    stopped_ = certainty == Certainty::kRuns;
  }

  Span Locate(std::string_view word) const {
    const std::size_t at = Upper(body_.text).find(word, cursor_);
    return at == std::string::npos ? body_.literal : body_.InScript({at, at + word.size()});
  }

  void RunInto(const Json& s, Certainty certainty) {
    const bool into = s.Text("into") == "true";
    const std::string query = s.Query("sqlstmt");
    Run(query, certainty, into);
    if (!into) return;
    const Json* target = s.Find("target");
    const std::vector<std::string> names =
        target == nullptr ? std::vector<std::string>{} : TargetsOf(*target);
    for (const std::string& name : names) Forget(name);
    const sql::ParsedScript script = sql::Parse(query);
    const auto* select = script.statements.size() == 1
                             ? sql::As<sql::SelectStmt>(script.statements[0].tree)
                             : nullptr;
    if (select == nullptr || select->n_from_clause > 0 || select->n_target_list != names.size())
      return;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto* item = sql::As<sql::ResTarget>(select->target_list[i]);
      if (item != nullptr) variables_[names[i]] = Evaluate(context_.catalog, item->val, variables_);
    }
  }

  bool UsesVariables(const std::string& query) const {
    if (has_variables_) return true;
    for (const char* implied : {"found", "sqlstate", "sqlerrm"}) {
      if (sql::FindKeyword(query, {0, query.size()}, implied)) return true;
    }
    return false;
  }

  void Condition(const std::string& condition) {
    const std::size_t found = body_.text.find(condition, cursor_);
    if (UsesVariables(condition) || condition.empty() || found == std::string::npos) return;
    cursor_ = found;
    constexpr std::string_view kSelect = "SELECT ";
    const std::string query = std::string(kSelect) + condition;
    const sql::ParsedScript script = sql::Parse(query);
    if (script.statements.size() != 1 || script.statements[0].tree == nullptr) return;
    Take(query, script.statements[0], Certainty::kRuns, found - kSelect.size());
  }

  void Run(const std::string& query, Certainty certainty, bool into) {
    const std::size_t found = body_.text.find(query, cursor_);
    const bool located = found != std::string::npos && !query.empty();
    if (located) cursor_ = found + query.size();
    const sql::ParsedScript script = sql::Parse(query);
    for (const sql::ParsedStatement& s : script.statements) {
      // Variables look like columns.
      if (s.tree != nullptr && IsData(s.tree) && (into || UsesVariables(query))) {
        FollowCalls(context_, s.tree, variables_, certainty);
        context_.findings()->unchecked.push_back("a query with PL/pgSQL variables is not checked");
        continue;
      }
      Take(query, s, certainty, located ? found : std::string::npos);
    }
  }

  void Take(const std::string& text, const sql::ParsedStatement& s, Certainty certainty,
            std::size_t offset) {
    const auto* call = sql::As<sql::CallStmt>(s.tree);
    if (call != nullptr && certainty != Certainty::kRuns)
      return FollowCall(context_, *call->funccall, variables_, certainty);
    const Catalog before = context_.catalog;
    ApplyResult result = Apply(&context_.catalog, text, s, true);
    const bool faulty = !result.findings.problems.empty();
    if (result.runs_unknown) context_.result.runs_unknown = true;
    if (certainty != Certainty::kRuns) {
      if (faulty) context_.catalog = before;
      if (guards_ == 0 && (faulty || certainty == Certainty::kMayRun)) {
        DoubtStatements(context_,
                        std::string_view(text).substr(s.span.begin, s.span.end - s.span.begin));
      }
      return;
    }
    if (result.coverage == Coverage::kSkipped) context_.result.coverage = Coverage::kSkipped;
    for (std::string& reason : result.findings.unchecked)
      context_.findings()->unchecked.push_back(std::move(reason));
    for (Problem& p : result.findings.problems) {
      p.at = offset == std::string::npos ? body_.literal
                                         : body_.InScript({offset + p.at.begin, offset + p.at.end});
      context_.findings()->problems.push_back(std::move(p));
    }
  }

  // EXECUTE: a text that is known is a statement like any other.
  void Execute(const Json& s, Certainty certainty) {
    const Text made = Evaluate(context_.catalog, s.Query("query"), variables_);
    ForgetWritten(s);
    if (!made.known() || certainty == Certainty::kMayRun) context_.result.runs_unknown = true;
    if (!made.names_known()) {
      const std::string reason = "a DO block executes statements made up as it runs";
      if (DoubtStatements(context_, made.text())) return context_.Skip(reason);
      return context_.findings()->unchecked.push_back(reason);
    }
    const bool exact = made.known() && !made.derived();
    if (!exact && certainty == Certainty::kRuns) certainty = Certainty::kProbable;
    const sql::ParsedScript script = sql::Parse(made.text());
    const bool parameters = s.Find("params") != nullptr;  // USING: their types are not known
    for (const sql::ParsedStatement& statement : script.statements) {
      if (statement.tree == nullptr) continue;
      if (parameters && IsData(statement.tree)) {
        FollowCalls(context_, statement.tree, {}, certainty);
      } else {
        Take(made.text(), statement, certainty, std::string::npos);
      }
    }
  }

  Context& context_;
  const BodyText& body_;
  Variables variables_;
  std::vector<std::string> names_;  // of the variables, by their numbers
  bool has_variables_ = false;
  std::size_t cursor_ = 0;
  int guards_ = 0;         // conditions around that ask whether the object is there
  bool stopped_ = false;   // RETURN or RAISE has been passed
  bool returned_ = false;  // RETURN may have been passed
};

}  // namespace

void FollowBlock(Context& context, const BodyText& body, const Json& function, Variables variables,
                 Certainty certainty) {
  const Json* action = function.Find("action");
  const Json* block = action == nullptr ? nullptr : action->Find("PLpgSQL_stmt_block");
  if (block == nullptr) return;
  Json whole;
  whole.items.push_back({"", {}, {{"PLpgSQL_stmt_block", *block}}});
  Follower(context, body, function, std::move(variables)).Follow(&whole, certainty);
}

}  // namespace strata::catalog
