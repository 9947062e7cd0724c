#include "catalog/analyze/join.h"

#include <algorithm>

namespace strata::catalog {
namespace {

std::vector<VisibleColumn> ColumnsOf(const std::vector<Visible>& side) {
  std::vector<VisibleColumn> columns;
  for (const Visible& item : side) {
    if (item.by_column) columns.insert(columns.end(), item.columns.begin(), item.columns.end());
  }
  return columns;
}

class Merger {
 public:
  Merger(Analysis* analysis, Level* level) : a_(*analysis), level_(level) {}

  std::vector<VisibleColumn> Merge(const sql::JoinExpr* join, const std::vector<std::string>& names,
                                   const std::vector<Visible>& left,
                                   const std::vector<Visible>& right, bool known) {
    std::vector<VisibleColumn> lefts = ColumnsOf(left), rights = ColumnsOf(right), merged;
    for (const std::string& name : names) {
      const VisibleColumn* l = One(lefts, name, "left", known);
      const VisibleColumn* r = l == nullptr ? nullptr : One(rights, name, "right", known);
      if (l == nullptr || r == nullptr) continue;
      CheckUsing(*l, *r);
      merged.push_back(join->jointype == PG_QUERY__JOIN_TYPE__JOIN_RIGHT ? *r : *l);
    }
    const auto rest = [&](const std::vector<VisibleColumn>& side) {
      for (const VisibleColumn& column : side) {
        if (std::find(names.begin(), names.end(), column.name) == names.end())
          merged.push_back(column);
      }
    };
    rest(lefts);
    rest(rights);
    return merged;
  }

 private:
  const VisibleColumn* One(const std::vector<VisibleColumn>& side, const std::string& name,
                           const char* which, bool known) {
    const VisibleColumn* found = nullptr;
    for (const VisibleColumn& column : side) {
      if (column.name != name) continue;
      if (found != nullptr) {
        a_.Fail("ambiguous-column",
                "common column name \"" + name + "\" appears more than once in " + which + " table",
                0);
        return nullptr;
      }
      found = &column;
    }
    if (found == nullptr && known) {
      a_.Fail(
          "undefined-column",
          "column \"" + name + "\" specified in USING clause does not exist in " + which + " table",
          0);
    }
    return found;
  }

  void CheckUsing(const VisibleColumn& l, const VisibleColumn& r) {
    const ExprPtr left = a_.ColumnOf(level_, 0, l, 0), right = a_.ColumnOf(level_, 0, r, 0);
    if (left->type.type == 0 || right->type.type == 0) return;
    const Oid type = a_.CommonTypeOf({left, right}, "JOIN/USING");
    if (type != 0) a_.Operator(level_, "", "=", left, right, 0);
  }

  Analysis& a_;
  Level* level_;
};

}  // namespace

std::vector<std::string> CommonNames(const std::vector<Visible>& left,
                                     const std::vector<Visible>& right) {
  std::vector<std::string> names;
  const auto rights = ColumnsOf(right);
  for (const VisibleColumn& column : ColumnsOf(left)) {
    const bool common = std::any_of(rights.begin(), rights.end(),
                                    [&](const VisibleColumn& c) { return c.name == column.name; });
    if (common) names.push_back(column.name);
  }
  return names;
}

std::vector<VisibleColumn> MergedColumns(Analysis* analysis, Level* level,
                                         const sql::JoinExpr* join,
                                         const std::vector<std::string>& names,
                                         const std::vector<Visible>& left,
                                         const std::vector<Visible>& right, bool known) {
  return Merger(analysis, level).Merge(join, names, left, right, known);
}

}  // namespace strata::catalog
