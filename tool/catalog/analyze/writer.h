// One statement that writes to a relation: its target and what it assigns.
#pragma once

#include <string>
#include <vector>

#include "catalog/analyze/analysis.h"

namespace strata::catalog {

class Writer {
 public:
  Writer(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  // The relation written, as a range entry; null where it is not known.
  const Relation* Target(const sql::RangeVar* var);

  const Visible& target() const { return target_; }
  const Relation* relation() const { return relation_; }

  // The column that an assignment names; null where there is none.
  const Column* ColumnNamed(const std::string& name, std::size_t at);

  // A value on its way into a column, or into a part of it.
  ExprPtr Assign(const Column& column, const ExprPtr& value, std::size_t at);

  // SET a = 1, (b, c) = (2, 3)
  std::vector<TargetItem> Assignments(sql::NodeRange list);

  // Generated columns take nothing but DEFAULT; identity columns GENERATED ALWAYS neither.
  void CheckWritable(const Column& column, const Expr& value, bool insert);

  void Returning(sql::NodeRange list);

 private:
  void CheckKind() const;
  TargetItem Assignment(const std::string& name, std::size_t at, ExprPtr value, bool part);
  ExprPtr Value(const sql::Node* node);
  ExprPtr MultiValue(const sql::MultiAssignRef* multi);
  ExprPtr RowValue(const sql::MultiAssignRef& multi, const sql::RowExpr& row);
  ExprPtr SubqueryValue(const sql::MultiAssignRef& multi, const sql::SubLink& link);

  Analysis& a_;
  Level* level_;
  const Relation* relation_ = nullptr;
  Visible target_;
  QueryPtr subquery_;  // of the (a, b) = (SELECT …) being read
};

// "did you mean …?" for a column that `relation` does not have; "" where none is near.
std::string NearColumn(const Relation& relation, const std::string& name);

}  // namespace strata::catalog
