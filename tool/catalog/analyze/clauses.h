// The clauses that may name a result column or its place: ORDER BY, GROUP BY, DISTINCT ON.
#pragma once

#include <string>
#include <string_view>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

class Clauses {
 public:
  Clauses(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  // `names_first`: a result column's name wins over a column of FROM (ORDER BY, DISTINCT ON).
  // `words` say in messages which clause it is.
  ExprPtr Item(const sql::Node* node, Clause clause, const char* words, bool names_first);

 private:
  bool IsColumn(std::string_view name) const;
  ExprPtr ByName(const std::string& name, const char* words, std::size_t at);
  ExprPtr ByPlace(const sql::AConst& constant, const char* words);

  Analysis& a_;
  Level* level_;
};

// One item of ORDER BY, here or in a window: its direction and where nulls go.
SortItem SortOf(const sql::SortBy& sort, ExprPtr value);

}  // namespace strata::catalog
