// A script followed by the catalog and the shadow, for tests.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "catalog/apply/apply.h"
#include "shadow/shadow.h"
#include "sql/parse.h"

namespace strata::shadow {

struct Walk {
  catalog::Catalog catalog;
  Shadow shadow;
  std::vector<std::string> problems;  // "statement: message [rule]", statements counted from 1
  std::vector<std::string> reasons;   // of what was not executed
  std::vector<RunResult::Kind> kinds;

  Walk& Run(std::string script) {
    return RunParsed(sql::Parse(texts_.emplace_back(std::move(script))));
  }

  Walk& RunParsed(const sql::ParsedScript& parsed) {
    const std::string_view text = parsed.text;
    shadow.BeginTransaction();
    for (const sql::ParsedStatement& statement : parsed.statements) {
      ++count_;
      if (statement.tree == nullptr) {
        problems.push_back(std::to_string(count_) + ": " + statement.error.message);
        continue;
      }
      const catalog::Catalog before = catalog;
      const catalog::ApplyResult applied = catalog::Apply(&catalog, text, statement, true);
      for (const auto& p : applied.findings.problems)
        problems.push_back(std::to_string(count_) + ": (catalog) " + p.message);
      const RunResult result =
          shadow.Run(before, catalog, text, statement, applied.findings.problems.empty());
      kinds.push_back(result.kind);
      if (!result.reason.empty()) reasons.push_back(std::to_string(count_) + ": " + result.reason);
      for (const auto& p : result.problems) {
        problems.push_back(std::to_string(count_) + ": " + p.message + " [" + p.rule + "]");
      }
    }
    return *this;
  }

  Contents ContentsOf(const std::string& table) const {
    const catalog::Relation* relation = catalog.FindRelation("", table);
    return relation == nullptr ? Contents::kUnknown : shadow.ContentsOf(relation->oid);
  }

 private:
  std::deque<std::string> texts_;
  int count_ = 0;
};

}  // namespace strata::shadow
