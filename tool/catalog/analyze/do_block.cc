// The statements of a DO block that are executed whatever the data is.
#include <cctype>
#include <cstdlib>

#include "catalog/analyze/json_tree.h"
#include "catalog/analyze/plpgsql.h"

namespace strata::catalog {

namespace {

class BlockReader {
 public:
  BlockReader(const BodyText& body, DoBlock* block) : body_(body), block_(*block) {}

  void Read(const JsonTree& function) {
    if (const JsonTree* datums = function.Find("datums")) {
      for (const JsonTree& datum : datums->items) Variable(datum);
    }
    block_.complete = true;
    const JsonTree* action = function.Find("action");
    const JsonTree* top = action == nullptr ? nullptr : action->Find("PLpgSQL_stmt_block");
    if (top == nullptr) return Skip("the block was not understood");
    Block(*top);
  }

 private:
  void Skip(const std::string& reason) {
    if (block_.complete) block_.reason = reason;
    block_.complete = false;
  }

  void Variable(const JsonTree& datum) {
    for (const auto& [kind, value] : datum.members) {
      if (value.Text("refname").empty() || value.Text("refname")[0] == '(') continue;
      FunctionArgument variable;
      variable.name = value.Text("refname");
      block_.variables.push_back(std::move(variable));
    }
  }

  void Block(const JsonTree& block) {
    if (block.Find("exceptions") != nullptr) {
      stopped_ = true;
      return Skip("a block with EXCEPTION catches errors");
    }
    if (const JsonTree* body = block.Find("body")) List(*body);
  }

  void List(const JsonTree& list) {
    for (const JsonTree& item : list.items) {
      if (stopped_) return Skip("what follows depends on what came before");
      for (const auto& [kind, statement] : item.members) One(kind, statement);
    }
  }

  void One(const std::string& kind, const JsonTree& s) {
    const int line = std::atoi(s.Text("lineno").c_str());
    if (kind == "PLpgSQL_stmt_execsql")
      return Query(s.Find("sqlstmt"), line, BodyStatement::Kind::kStatement);
    if (kind == "PLpgSQL_stmt_perform") return Perform(s.Find("expr"), line);
    if (kind == "PLpgSQL_stmt_block") return Block(s);
    if (kind == "PLpgSQL_stmt_dynexecute") return Dynamic(s, line);
    if (kind == "PLpgSQL_stmt_if") {
      Query(s.Find("cond"), line, BodyStatement::Kind::kExpression);
      return Skip("what IF does depends on the data");
    }
    if (kind == "PLpgSQL_stmt_fors") {
      Query(s.Find("query"), line, BodyStatement::Kind::kStatement);
      return Skip("what a loop does depends on the data");
    }
    if (kind == "PLpgSQL_stmt_raise") return Raise(s);
    if (kind == "PLpgSQL_stmt_return") {
      stopped_ = true;
      return;
    }
    const bool harmless = kind == "PLpgSQL_stmt_getdiag" || kind == "PLpgSQL_stmt_assign";
    if (harmless) return;
    if (kind == "PLpgSQL_stmt_commit" || kind == "PLpgSQL_stmt_rollback") stopped_ = true;
    Skip("a statement of PL/pgSQL is not followed");
  }

  void Query(const JsonTree* holder, int line, BodyStatement::Kind kind) {
    const JsonTree* expr = holder == nullptr ? nullptr : holder->Find("PLpgSQL_expr");
    if (expr == nullptr) return Skip("a statement was not understood");
    BodyStatement statement;
    statement.kind = kind;
    statement.sql = expr->Text("query");
    statement.offset = Locate(statement.sql, line);
    block_.statements.push_back(std::move(statement));
  }

  // PERFORM f(x) comes as SELECT f(x).
  void Perform(const JsonTree* holder, int line) {
    const JsonTree* expr = holder == nullptr ? nullptr : holder->Find("PLpgSQL_expr");
    if (expr == nullptr) return Skip("a statement was not understood");
    constexpr std::size_t kSelect = 7;
    BodyStatement statement;
    statement.sql = expr->Text("query");
    if (statement.sql.size() > kSelect) {
      const std::size_t rest = Locate(statement.sql.substr(kSelect), line);
      statement.offset = rest < kSelect ? 0 : rest - kSelect;
    }
    block_.statements.push_back(std::move(statement));
  }

  // EXECUTE of a plain string is that statement.
  void Dynamic(const JsonTree& s, int line) {
    const JsonTree* holder = s.Find("query");
    const JsonTree* expr = holder == nullptr ? nullptr : holder->Find("PLpgSQL_expr");
    const std::string text = expr == nullptr ? "" : expr->Text("query");
    const bool plain = text.size() > 1 && text[0] == '\'' &&
                       text.find('\'', 1) == text.size() - 1 &&
                       text.find('\\') == std::string::npos && s.Find("params") == nullptr;
    if (!plain) return Skip("EXECUTE of a computed text is not followed");
    BodyStatement statement;
    statement.sql = text.substr(1, text.size() - 2);
    const std::size_t at = Locate(text, line);
    statement.offset = at == 0 ? 0 : at + 1;
    block_.statements.push_back(std::move(statement));
  }

  void Raise(const JsonTree& s) {
    constexpr int kError = 21;  // PostgreSQL's elog level
    if (std::atoi(s.Text("elog_level").c_str()) < kError) return;
    BodyStatement statement;
    statement.kind = BodyStatement::Kind::kRaise;
    statement.sql = s.Text("message");
    statement.offset = body_.at.begin + LineStart(std::atoi(s.Text("lineno").c_str()));
    block_.statements.push_back(std::move(statement));
    stopped_ = true;
  }

  std::size_t LineStart(int line) const {
    std::size_t at = 0;
    for (int i = 1; i < line; ++i) {
      const std::size_t newline = body_.text.find('\n', at);
      if (newline == std::string::npos) return at;
      at = newline + 1;
    }
    return at;
  }

  // INTO and its target are blanks in the query's text.
  std::size_t Locate(const std::string& sql, int line) const {
    if (!body_.exact || sql.empty()) return 0;
    for (std::size_t at = LineStart(line); at + sql.size() <= body_.text.size(); ++at) {
      std::size_t i = 0;
      while (i < sql.size() && (sql[i] == body_.text[at + i] || (sql[i] == ' ' && i > 0))) ++i;
      if (i == sql.size()) return body_.at.begin + at;
    }
    return 0;
  }

  const BodyText& body_;
  DoBlock& block_;
  bool stopped_ = false;
};

}  // namespace

DoBlock ReadDoBlock(std::string_view script, const sql::ParsedStatement& statement) {
  DoBlock block;
  if (sql::As<sql::DoStmt>(statement.tree) == nullptr) return block;
  const BodyText body = BodyOf(script, statement);
  if (body.language != "plpgsql") {
    block.reason = "the language " + body.language + " is not followed";
    return block;
  }
  std::string tag = "$strata$";
  while (body.text.find(tag) != std::string::npos) tag.insert(1, "x");
  const sql::PlpgsqlResult result =
      sql::ParsePlpgsql("CREATE FUNCTION inline_code_block() RETURNS void LANGUAGE plpgsql AS " +
                        tag + body.text + tag);
  const std::optional<JsonTree> tree = result.error.empty() ? ReadJson(result.json) : std::nullopt;
  const JsonTree* function =
      tree && !tree->items.empty() ? tree->items[0].Find("PLpgSQL_function") : nullptr;
  if (function == nullptr) {
    block.reason = "the block was not understood";
    return block;
  }
  BlockReader(body, &block).Read(*function);
  return block;
}

}  // namespace strata::catalog
