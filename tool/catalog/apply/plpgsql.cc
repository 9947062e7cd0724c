#include "catalog/apply/plpgsql.h"

#include <cctype>
#include <map>
#include <memory>

#include "catalog/apply/query.h"
#include "sql/parse.h"
#include "sql/token.h"

namespace strata::catalog {
namespace {

// --- the parser's JSON ---------------------------------------------------------------------------

struct Json {
  std::string text;  // of strings, numbers, literals
  std::vector<Json> items;
  std::vector<std::pair<std::string, Json>> members;

  const Json* Find(std::string_view key) const {
    for (const auto& [name, value] : members) {
      if (name == key) return &value;
    }
    return nullptr;
  }
  std::string Text(std::string_view key) const {
    const Json* found = Find(key);
    return found == nullptr ? "" : found->text;
  }
  // {"PLpgSQL_expr": {"query": …}}
  std::string Query(std::string_view key) const {
    const Json* wrapped = Find(key);
    const Json* expr = wrapped == nullptr ? nullptr : wrapped->Find("PLpgSQL_expr");
    return expr == nullptr ? "" : expr->Text("query");
  }
};

class JsonReader {
 public:
  explicit JsonReader(std::string_view text) : text_(text) {}
  Json Read() {
    Blanks();
    Json json;
    if (at_ >= text_.size()) return json;
    switch (text_[at_]) {
      case '{':
        for (++at_; !Take('}') && at_ < text_.size();) {
          std::string key = Read().text;
          Take(':');
          json.members.emplace_back(std::move(key), Read());
          Take(',');
        }
        return json;
      case '[':
        for (++at_; !Take(']') && at_ < text_.size();) {
          json.items.push_back(Read());
          Take(',');
        }
        return json;
      case '"':
        ++at_;
        json.text = String();
        return json;
      default:
        while (at_ < text_.size() &&
               std::string_view(",]} \n").find(text_[at_]) == std::string_view::npos) {
          json.text += text_[at_++];
        }
        if (json.text.empty()) ++at_;  // malformed: go on
        return json;
    }
  }

 private:
  void Blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool Take(char c) {
    Blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string String() {
    std::string value;
    while (at_ < text_.size() && text_[at_] != '"') {
      char c = text_[at_++];
      if (c == '\\' && at_ < text_.size()) {
        c = text_[at_++];
        if (c == 'n') c = '\n';
        if (c == 't') c = '\t';
        if (c == 'r') c = '\r';
        if (c == 'b') c = '\b';
        if (c == 'f') c = '\f';
        if (c == 'u') {
          c = static_cast<char>(std::stoi(std::string(text_.substr(at_, 4)), nullptr, 16));
          at_ += 4;
        }
      }
      value += c;
    }
    ++at_;
    return value;
  }
  std::string_view text_;
  std::size_t at_ = 0;
};

// --- following the block -------------------------------------------------------------------------

// How sure it is that a statement runs.
enum class Certainty { kRuns, kMayRun };

class Follower {
 public:
  Follower(Context& context, const BodyText& body, bool has_variables)
      : context_(context), body_(body), has_variables_(has_variables) {}

  void Follow(const Json* statements, Certainty certainty) {
    if (statements == nullptr) return;
    for (const Json& wrapped : statements->items) {
      if (stopped_ || wrapped.members.empty()) return;
      Statement(wrapped.members[0].first, wrapped.members[0].second, certainty);
    }
  }

 private:
  void Statement(const std::string& kind, const Json& s, Certainty certainty) {
    if (kind == "PLpgSQL_stmt_block") return Block(s, certainty);
    if (kind == "PLpgSQL_stmt_execsql")
      return Run(s.Query("sqlstmt"), certainty, s.Text("into") == "true");
    if (kind == "PLpgSQL_stmt_perform") return Run(s.Query("expr"), certainty, false);
    if (kind == "PLpgSQL_stmt_call") return Run(s.Query("expr"), certainty, false);
    if (kind == "PLpgSQL_stmt_dynexecute") return Execute(s, certainty);
    if (kind == "PLpgSQL_stmt_raise") return Raise(s, certainty);
    if (kind == "PLpgSQL_stmt_if") return If(s);
    if (kind == "PLpgSQL_stmt_return") {
      stopped_ = certainty == Certainty::kRuns;
      return;
    }
    Inside(s);
  }

  void Block(const Json& s, Certainty certainty) {
    const bool guarded = s.Find("exceptions") != nullptr;
    if (guarded) ++guards_;
    Follow(s.Find("body"), guarded ? Certainty::kMayRun : certainty);
    if (guarded) --guards_;
    if (guarded) Inside(*s.Find("exceptions"));
  }

  void If(const Json& s) {
    std::string condition = s.Query("cond");
    for (char& c : condition) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const bool guard = condition.find("EXISTS") != std::string::npos ||
                       condition.find("TO_REG") != std::string::npos;
    if (guard) ++guards_;
    Follow(s.Find("then_body"), Certainty::kMayRun);
    if (guard) --guards_;
    for (const char* other : {"elsif_list", "else_body"}) {
      if (const Json* body = s.Find(other)) Inside(*body);
    }
  }

  // Loops, cases and what else holds statements: they may run.
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
    std::string upper = body_.text;
    for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    const std::size_t at = upper.find(word, cursor_);
    return at == std::string::npos ? body_.literal : body_.InScript({at, at + word.size()});
  }

  static bool IsQuery(const sql::Node* n) {
    return sql::As<sql::SelectStmt>(n) != nullptr || sql::As<sql::InsertStmt>(n) != nullptr ||
           sql::As<sql::UpdateStmt>(n) != nullptr || sql::As<sql::DeleteStmt>(n) != nullptr ||
           sql::As<sql::MergeStmt>(n) != nullptr;
  }

  void Run(const std::string& query, Certainty certainty, bool into) {
    const std::size_t found = body_.text.find(query, cursor_);
    const bool located = found != std::string::npos && !query.empty();
    if (located) cursor_ = found + query.size();
    const sql::ParsedScript script = sql::Parse(query);
    for (const sql::ParsedStatement& s : script.statements) {
      // Variables look like columns.
      if (s.tree != nullptr && IsQuery(s.tree) && (has_variables_ || into)) {
        context_.findings()->unchecked.push_back("a query with PL/pgSQL variables is not checked");
        continue;
      }
      Take(query, s, certainty, located ? found : std::string::npos);
    }
  }

  void Take(const std::string& text, const sql::ParsedStatement& s, Certainty certainty,
            std::size_t offset) {
    const Catalog before = context_.catalog;
    ApplyResult result = Apply(&context_.catalog, text, s, true);
    const bool faulty = !result.findings.problems.empty();
    if (certainty == Certainty::kMayRun) {
      if (faulty) context_.catalog = before;
      if (guards_ == 0) Doubt(text);
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

  // Every name in the text may or may not be there from now on.
  void Doubt(std::string_view text) {
    for (std::size_t at = 0;;) {
      const sql::Token token = sql::NextToken(text, at);
      if (token.kind == sql::TokenKind::kEnd) return;
      at = token.span.end;
      if (token.kind == sql::TokenKind::kIdentifier ||
          token.kind == sql::TokenKind::kQuotedIdentifier) {
        context_.Doubt(sql::ValueOf(text, token));
      }
    }
  }

  // EXECUTE: a constant is a statement like any other; of anything else only words are known.
  void Execute(const Json& s, Certainty certainty) {
    const std::string expression = s.Query("query");
    const sql::Token first = sql::NextToken(expression, 0);
    const sql::Token second = sql::NextToken(expression, first.span.end);
    if (first.kind == sql::TokenKind::kString && second.kind == sql::TokenKind::kEnd &&
        expression[first.span.begin] == '\'') {
      const std::string text = sql::ValueOf(expression, first);
      const sql::ParsedScript script = sql::Parse(text);
      for (const sql::ParsedStatement& statement : script.statements) {
        if (statement.tree != nullptr) Take(text, statement, certainty, std::string::npos);
      }
      return;
    }
    context_.Skip("a DO block executes statements made up as it runs");
    bool constant = false;
    for (std::size_t at = 0;;) {
      const sql::Token token = sql::NextToken(expression, at);
      if (token.kind == sql::TokenKind::kEnd) break;
      at = token.span.end;
      if (token.kind != sql::TokenKind::kString) continue;
      constant = true;
      const std::string piece = sql::ValueOf(expression, token);
      Doubt(piece);
      std::string last;
      for (std::size_t i = piece.size();
           i > 0 && (std::isalnum(static_cast<unsigned char>(piece[i - 1])) || piece[i - 1] == '_');
           --i) {
        last.insert(last.begin(), piece[i - 1]);
      }
      if (last.ends_with('_')) context_.Doubt(last + "*");
      if (piece.find('%') != std::string::npos || piece.ends_with(' ')) context_.Doubt("*");
    }
    if (!constant) context_.Doubt("*");
  }

  Context& context_;
  const BodyText& body_;
  const bool has_variables_;
  std::size_t cursor_ = 0;
  int guards_ = 0;        // conditions around that ask whether the object is there
  bool stopped_ = false;  // RETURN or RAISE has been passed
};

bool HasVariables(const Json& function) {
  const Json* datums = function.Find("datums");
  if (datums == nullptr) return false;
  for (const Json& datum : datums->items) {
    if (datum.members.empty()) continue;
    const std::string name = datum.members[0].second.Text("refname");
    if (name != "found" && name != "sqlstate" && name != "sqlerrm" && name != "(unnamed row)")
      return true;
  }
  return false;
}

}  // namespace

void ApplyBlock(Context& context, const BodyText& body) {
  std::string tag = "$strata$";
  while (body.text.find(tag) != std::string::npos) tag.insert(1, "x");
  const std::string function =
      "CREATE FUNCTION inline_code_block() RETURNS void LANGUAGE plpgsql AS " + tag + body.text +
      tag;
  const sql::PlpgsqlResult parsed = sql::ParsePlpgsql(function);
  if (!parsed.error.empty()) {
    if (ReportPlpgsql(context, body, FindPlpgsqlFault(body.text, "", ""))) return;
    context.Doubt("*");
    return context.Skip("the DO block could not be read: " + parsed.error);
  }
  const Json json = JsonReader(parsed.json).Read();
  if (json.items.empty() || json.items[0].members.empty()) return;
  const Json& root = json.items[0].members[0].second;
  const Json* action = root.Find("action");
  const Json* block = action == nullptr ? nullptr : action->Find("PLpgSQL_stmt_block");
  if (block == nullptr) return;
  Follower follower(context, body, HasVariables(root));
  Json whole;
  whole.items.push_back({"", {}, {{"PLpgSQL_stmt_block", *block}}});
  follower.Follow(&whole, Certainty::kRuns);
}

}  // namespace strata::catalog
