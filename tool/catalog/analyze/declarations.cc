#include "catalog/analyze/declarations.h"

#include <algorithm>

#include "sql/token.h"

namespace strata::catalog {

namespace {

class DeclarationReader {
 public:
  explicit DeclarationReader(std::string_view body) : body_(body) {}

  Declarations Read() {
    for (Next(); !Done(); Next()) {
      if (IsWord("declare")) Section();
    }
    return std::move(found_);
  }

 private:
  void Next() {
    token_ = sql::NextToken(body_, at_);
    at_ = std::max(token_.span.end, at_ + 1);
  }
  bool Done() const { return token_.kind == sql::TokenKind::kEnd; }
  std::string Value() const { return sql::ValueOf(body_, token_); }
  bool IsWord(std::string_view word) const {
    return token_.kind == sql::TokenKind::kIdentifier && Value() == word;
  }
  bool IsName() const {
    return token_.kind == sql::TokenKind::kIdentifier ||
           token_.kind == sql::TokenKind::kQuotedIdentifier;
  }
  bool IsText(std::string_view text) const {
    return body_.substr(token_.span.begin, token_.span.end - token_.span.begin) == text;
  }

  void Section() {
    for (Next(); !Done(); Next()) {
      if (IsWord("begin")) return;
      if (IsWord("declare")) continue;
      if (!IsName()) return SkipStatement();
      const std::string name = Value();
      found_.names.insert(name);
      Next();
      if (IsWord("constant")) Next();
      if (IsWord("alias")) {
        SkipStatement();
      } else if (IsWord("cursor") || IsWord("scroll") || IsWord("no")) {
        found_.cursors.insert(name);
        SkipStatement();
      } else {
        Type();
      }
    }
  }

  void Type() {
    const std::size_t begin = token_.span.begin;
    std::size_t end = begin;
    bool attribute = false;
    int depth = 0;
    for (; !Done(); Next()) {
      const bool ends = depth == 0 && (IsText(";") || IsText(":=") || IsText("=") || IsText(":") ||
                                       IsWord("default") || IsWord("not") || IsWord("collate"));
      if (ends) break;
      depth += IsText("(") || IsText("[");
      depth -= IsText(")") || IsText("]");
      attribute |= IsText("%");
      end = token_.span.end;
    }
    if (!attribute && end > begin && !Done()) Check(begin, end);
    SkipStatement();
  }

  void Check(std::size_t begin, std::size_t end) {
    if (!found_.bad_type.message.empty()) return;
    constexpr std::string_view kBefore = "SELECT CAST(NULL AS ";
    const std::string text =
        std::string(kBefore) + std::string(body_.substr(begin, end - begin)) + "\n)";
    const sql::ParsedScript script = sql::Parse(text);
    if (script.statements.empty() || script.statements[0].error.message.empty()) return;
    sql::SyntaxError error = script.statements[0].error;
    const std::size_t at = std::max(error.at.begin, kBefore.size()) - kBefore.size() + begin;
    if (at >= end) return;
    error.at = {at, at};
    found_.bad_type = std::move(error);
  }

  void SkipStatement() {
    while (!Done() && !IsText(";")) Next();
  }

  std::string_view body_;
  std::size_t at_ = 0;
  sql::Token token_;
  Declarations found_;
};

}  // namespace

Declarations ReadDeclarations(std::string_view body) { return DeclarationReader(body).Read(); }

}  // namespace strata::catalog
