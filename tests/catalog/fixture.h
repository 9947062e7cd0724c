// Applies SQL text to a catalog, for tests.
#pragma once

#include <string>
#include <vector>

#include "catalog/apply/apply.h"
#include "catalog/catalog.h"
#include "sql/parse.h"

namespace strata::catalog {

// Applies every statement; returns "rule: message" a line for each problem, then "skipped: reason".
inline std::string ApplyAll(Catalog* catalog, const std::string& text, bool in_transaction = true) {
  const sql::ParsedScript script = sql::Parse(text);
  std::string said;
  for (const sql::ParsedStatement& statement : script.statements) {
    const ApplyResult result = Apply(catalog, text, statement, in_transaction);
    for (const Problem& p : result.findings.problems) said += p.rule + ": " + p.message + "\n";
    if (result.coverage == Coverage::kSkipped) {
      for (const std::string& reason : result.findings.unchecked)
        said += "skipped: " + reason + "\n";
    }
  }
  return said;
}

// The same on an empty database.
inline std::string Problems(const std::string& text, bool in_transaction = true) {
  Catalog catalog;
  return ApplyAll(&catalog, text, in_transaction);
}

// The text that the first problem points at.
inline std::string PlaceOf(const std::string& text, bool in_transaction = true) {
  Catalog catalog;
  const sql::ParsedScript script = sql::Parse(text);
  for (const sql::ParsedStatement& statement : script.statements) {
    const ApplyResult result = Apply(&catalog, text, statement, in_transaction);
    if (result.findings.problems.empty()) continue;
    const Span at = result.findings.problems[0].at;
    return text.substr(at.begin, at.end - at.begin);
  }
  return "";
}

}  // namespace strata::catalog
