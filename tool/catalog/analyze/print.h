// Writing SQL from analysed trees; analyze.h's Print is the way in.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/expr.h"

namespace strata::catalog {

class Printer {
 public:
  explicit Printer(const Catalog& catalog) : catalog_(catalog) {}

  std::string Expression(const Expr& expr);
  std::string Statement(const Query& query);
  // The same of what names the columns of a view. `lines`: every clause of it on one of its own.
  std::string Whole(const Query& query, bool lines) {
    lines_ = lines;
    outermost_ = true;
    return Statement(query);
  }
  // An expression over the ranges of a query.
  std::string Within(const Query& query, const Expr& expr) {
    levels_.push_back(&query);
    return Expression(expr);
  }

 private:
  std::string Constant(const Expr& expr) const;
  std::string Exact(const Expr& constant) const;
  std::string CastName(TypeRef type) const;
  std::string ByColumn(const Expr& test);
  std::string Column(const Expr& expr) const;
  // What a range is called in exact print: PostgreSQL renames where an alias is given twice.
  static std::string PlaceOf(std::size_t depth, int index) {
    return "$" + std::to_string(depth) + "." + std::to_string(index);
  }
  static bool IsRenamable(const RangeEntry& range) {
    return !range.alias.empty() && range.alias != "old" && range.alias != "new" &&
           range.alias != "excluded";
  }
  std::string Call(const Expr& expr);
  std::string CallName(const Expr& expr) const;
  // EXTRACT(…), … AT TIME ZONE … and their like; "" where the function has no such form.
  std::string CallInWords(const Expr& expr);
  std::string Operation(const Expr& expr);
  // a LIKE b and its like; "" for every other operator.
  std::string LikeInWords(const Expr& expr);
  std::string OperatorName(const Expr& expr, const std::string& name) const;
  std::string Case(const Expr& expr);
  std::string Cast(const Expr& expr);
  std::string CastArray(const Expr& array, Oid type);
  std::string ArrayTest(const Expr& test);
  std::string Subscript(const Expr& expr);
  std::string Subquery(const Expr& expr);
  std::string SqlValue(const Expr& expr) const;
  std::string Grouping(const Expr& expr);
  std::string List(const std::vector<ExprPtr>& list);
  std::string Order(const std::vector<SortItem>& order);
  std::string Window(const WindowSpec& window);

  std::string With(const Query& query);
  std::string Select(const Query& query, bool named, bool lines);
  std::string Insert(const Query& query);
  std::string Update(const Query& query);
  std::string Delete(const Query& query);
  std::string Condition(const Expr& condition, bool lines);
  std::string Tail(const Query& query, bool lines);
  std::string Targets(const std::vector<TargetItem>& targets, bool named = true,
                      const char* comma = ", ");
  std::string Assignments(const Query& query, const std::vector<TargetItem>& items);
  std::string Returning(const Query& query);
  std::string From(const Query& query, const FromItem& item, const char* gap = " ");
  std::string Range(const Query& query, int range);
  std::string RelationName(Oid relation) const;
  std::string ColumnName(const RangeEntry& range, std::size_t index) const;

  const Catalog& catalog_;
  bool lines_ = false;      // the next statement stands in lines
  bool outermost_ = false;  // the next statement is no part of a query
  bool unnamed_ = false;    // the next statement's columns have their names from elsewhere
  std::vector<const Query*> levels_;  // the innermost last
};

}  // namespace strata::catalog
