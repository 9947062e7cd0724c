// ALTER TYPE … RENAME VALUE: an analysed constant is the label itself, whatever it is called.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/expr.h"

namespace strata::catalog {

class Relabel {
 public:
  // Of the enum `type`, domains over it and arrays of it. The catalog has to outlive it.
  Relabel(const Catalog& catalog, const Type& type, std::string from, std::string to)
      : catalog_(catalog), type_(type), from_(std::move(from)), to_(std::move(to)) {}

  bool Concerns(Oid type) const;
  // The same object where nothing in it has the label; null for null.
  ExprPtr Of(const ExprPtr& expr);
  QueryPtr Of(const QueryPtr& query);
  // FOR VALUES IN ('a', 'b')
  std::string OfBound(const std::string& bound) const;

 private:
  std::string TextOf(const Expr& constant) const;
  bool Visit(ExprPtr* expr);
  bool Visit(QueryPtr* query);
  bool Visit(std::vector<ExprPtr>* all);
  bool Visit(std::vector<SortItem>* all);
  bool Visit(std::vector<TargetItem>* all);
  bool Visit(std::vector<std::vector<ExprPtr>>* all);
  bool Visit(std::shared_ptr<const WindowSpec>* window);
  bool Visit(std::shared_ptr<const FromItem>* item);
  bool Visit(RangeEntry* range);
  bool Visit(Query* query);

  const Catalog& catalog_;
  const Type& type_;
  std::string from_, to_;
  std::map<QueryPtr, QueryPtr> known_;  // a WITH query is pointed at by each that names it
};

}  // namespace strata::catalog
