#include "catalog/apply/inline_body.h"

#include "catalog/analyze/analyze.h"

namespace strata::catalog {
namespace {

class Reader {
 public:
  Reader(const Catalog& catalog, const Function& function, Findings* findings)
      : catalog_(catalog), parameters_(InputsOf(function)), findings_(findings) {}

  InlineBody Body(const sql::Node* node) {
    body_.block = sql::As<sql::ReturnStmt>(node) == nullptr;
    Statements(node);
    return std::move(body_);
  }

 private:
  void Statements(const sql::Node* node) {
    if (node == nullptr) return;
    if (const auto* list = sql::As<sql::List>(node)) {
      for (const sql::Node* n : sql::Each(list)) Statements(n);
    } else if (const auto* result = sql::As<sql::ReturnStmt>(node)) {
      Scope scope;
      scope.parameters = &parameters_;
      body_.statements.push_back(
          {nullptr, AnalyzeExpression(catalog_, result->returnval, scope, findings_)});
    } else {
      body_.statements.push_back({AnalyzeQuery(catalog_, node, parameters_, findings_), nullptr});
    }
  }

  const Catalog& catalog_;
  const std::vector<FunctionArgument> parameters_;
  Findings* findings_;
  InlineBody body_;
};

}  // namespace

InlineBody ReadInlineBody(const Catalog& catalog, const Function& function, const sql::Node* body,
                          Findings* findings) {
  return Reader(catalog, function, findings).Body(body);
}

std::vector<ObjectRef> ReferencesOf(const InlineBody& body) {
  std::vector<ObjectRef> all;
  for (const InlineBody::Statement& statement : body.statements) {
    const std::vector<ObjectRef> found = statement.query != nullptr
                                             ? ReferencesOf(*statement.query)
                                             : ReferencesOf(*statement.returned);
    all.insert(all.end(), found.begin(), found.end());
  }
  return all;
}

}  // namespace strata::catalog
