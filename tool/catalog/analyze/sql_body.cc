#include "catalog/analyze/sql_body.h"

#include <algorithm>
#include <vector>

#include "catalog/analyze/analyze.h"
#include "catalog/analyze/plpgsql.h"
#include "catalog/analyze/types.h"

namespace strata::catalog {

using namespace types;  // NOLINT: the names of the built-in types

namespace {

std::vector<FunctionArgument> Parameters(const Function& function) {
  std::vector<FunctionArgument> parameters;
  for (const FunctionArgument& argument : function.arguments) {
    if (argument.mode != 'o' && argument.mode != 't') parameters.push_back(argument);
  }
  return parameters;
}

bool IsGeneric(const Function& function) {
  return IsPolymorphic(function.result.type) ||
         std::any_of(function.arguments.begin(), function.arguments.end(),
                     [](const FunctionArgument& a) { return IsPolymorphic(a.type.type); });
}

class BodyChecker {
 public:
  BodyChecker(const Catalog& catalog, const Function& function, Findings* findings)
      : catalog_(catalog), function_(function), findings_(findings) {}

  void Check(const sql::ParsedScript& script) {
    for (const sql::ParsedStatement& statement : script.statements) {
      if (statement.tree == nullptr) {
        findings_->problems.push_back(
            {"syntax-error", statement.error.message, "", statement.error.at});
        return;
      }
    }
    if (IsGeneric(function_)) return;
    QueryPtr last;
    for (const sql::ParsedStatement& statement : script.statements) {
      last = IsQuery(statement.tree)
                 ? AnalyzeQuery(catalog_, statement.tree, Parameters(function_), findings_)
                 : nullptr;
      if (!findings_->problems.empty()) return;
    }
    CheckResult(last.get());
  }

 private:
  static bool IsQuery(const sql::Node* tree) {
    return sql::As<sql::SelectStmt>(tree) != nullptr || sql::As<sql::InsertStmt>(tree) != nullptr ||
           sql::As<sql::UpdateStmt>(tree) != nullptr || sql::As<sql::DeleteStmt>(tree) != nullptr;
  }

  void Mismatch(const std::string& detail) {
    findings_->problems.push_back(
        {"invalid-function-definition",
         "return type mismatch in function declared to return " + ResultName(),
         detail,
         {0, 0}});
  }

  std::string ResultName() const { return catalog_.TypeName({function_.result.type, -1}); }

  static bool Returns(const Query& query) {
    const bool writes = query.kind == Query::Kind::kInsert || query.kind == Query::Kind::kUpdate ||
                        query.kind == Query::Kind::kDelete;
    return !writes || !query.returning.empty();
  }

  void CheckResult(const Query* last) {
    const Oid result = function_.result.type;
    if (result == kVoid || result == 0 || function_.kind == FunctionKind::kProcedure) return;
    if (last == nullptr || !Returns(*last)) {
      return Mismatch("end the function with SELECT or INSERT/UPDATE/DELETE RETURNING");
    }
    if (!last->complete) return;
    const std::vector<Oid> wanted = Wanted();
    if (wanted.empty()) return;
    const auto& columns = last->columns;
    const bool whole_row = wanted.size() != 1 && columns.size() == 1;
    if (whole_row && (columns[0].type.type == 0 || IsRowType(catalog_, columns[0].type.type)))
      return;
    if (columns.size() != wanted.size()) {
      return Mismatch("the final statement returns " + std::to_string(columns.size()) +
                      " columns, not " + std::to_string(wanted.size()));
    }
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const Oid from = columns[i].type.type;
      if (from == 0 || wanted[i] == 0 || CanCoerce(catalog_, from, wanted[i], 'a')) continue;
      return Mismatch("the final statement returns " + catalog_.TypeName({from, -1}) +
                      " instead of " + catalog_.TypeName({wanted[i], -1}) + " at column " +
                      std::to_string(i + 1));
    }
  }

  // The types of the columns that it must return; empty: not certain.
  std::vector<Oid> Wanted() const {
    std::vector<Oid> outputs;
    for (const FunctionArgument& argument : function_.arguments) {
      if (argument.mode == 'o' || argument.mode == 'b' || argument.mode == 't')
        outputs.push_back(argument.type.type);
    }
    const Oid result = function_.result.type;
    if (result == kRecord) return outputs;
    const Type* type = catalog_.type(BaseTypeOf(catalog_, result));
    if (type == nullptr || type->kind == TypeKind::kComposite) return {};
    return {result};
  }

  const Catalog& catalog_;
  const Function& function_;
  Findings* findings_;
};

}  // namespace

void CheckSqlBody(const Catalog& catalog, std::string_view script,
                  const sql::ParsedStatement& statement, const Function& function,
                  Findings* findings) {
  const BodyText body = BodyOf(script, statement);
  if (body.language != "sql" || body.at.end == 0) return;
  Findings inner;
  const sql::ParsedScript parsed = sql::Parse(body.text);
  BodyChecker(catalog, function, &inner).Check(parsed);
  for (Problem& problem : inner.problems) {
    const bool nowhere =
        problem.at.begin == 0 && problem.at.end == 0 && problem.rule != "syntax-error";
    if (!nowhere) {
      const std::size_t shift = body.exact ? body.at.begin + problem.at.begin : body.at.begin;
      problem.at = {shift, shift};
    }
    findings->problems.push_back(std::move(problem));
  }
  for (std::string& reason : inner.unchecked) findings->unchecked.push_back(std::move(reason));
}

}  // namespace strata::catalog
