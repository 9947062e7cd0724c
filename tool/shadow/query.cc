#include <algorithm>

#include "shadow/emitter.h"
#include "shadow/input.h"

namespace strata::shadow {

using catalog::Query;

std::string Emitter::WriteWith(const Query& query) {
  std::string sql;
  bool recursive = false;
  for (const Query::Cte& cte : query.ctes) {
    if (cte.query == nullptr) return Fail("a WITH query was not analysed");
    const bool writes = cte.query->target != 0;
    if (writes && strict_ && cte.query->returning.empty()) continue;
    const std::string rows = writes ? naming_->Returned(*cte.query) : WriteQuery(*cte.query);
    if (rows.empty()) return Fail("a WITH query that writes has no counterpart on SQLite");
    if (!cte.search_and_cycle.empty())
      return Fail("SEARCH and CYCLE have no counterpart on SQLite");
    recursive |= cte.recursive;
    sql += (sql.empty() ? "" : ", ") + QuoteName(cte.name);
    std::string columns;
    for (std::size_t i = 0; i < cte.query->columns.size(); ++i) {
      const bool renamed = i < cte.column_aliases.size();
      columns += (columns.empty() ? "" : ", ") +
                 QuoteName(renamed ? cte.column_aliases[i] : cte.query->columns[i].name);
    }
    if (!columns.empty()) sql += "(" + columns + ")";
    sql += " AS (" + rows + ")";
  }
  if (sql.empty()) return "";
  return (recursive ? "WITH RECURSIVE " : "WITH ") + sql + " ";
}

std::string Emitter::WriteQuery(const Query& query) {
  if (!query.certain && strict_) return Fail("a query was not wholly analysed");
  Enter(query);
  std::string sql;
  switch (query.kind) {
    case Query::Kind::kSelect:
      sql = WriteWith(query) + Select(query);
      break;
    case Query::Kind::kValues:
      sql = WriteWith(query) + Values(query) + OrderAndLimit(query, true);
      break;
    case Query::Kind::kSetOperation:
      sql = WriteWith(query) + SetOperation(query);
      break;
    default:
      sql = Fail("a query of this kind has no counterpart on SQLite");
  }
  Leave();
  return sql;
}

std::string Emitter::Select(const Query& query) {
  if (!query.distinct_on.empty()) return DistinctOn(query);
  std::string targets;
  for (const catalog::TargetItem& item : query.targets) {
    if (item.hidden) continue;
    targets += (targets.empty() ? "" : ", ") + Write(*item.value);
    if (!item.name.empty() && item.name != "?column?") targets += " AS " + QuoteName(item.name);
  }
  if (targets.empty()) targets = "NULL";
  std::string sql = std::string("SELECT ") + (query.distinct ? "DISTINCT " : "") + targets;
  const std::string from = WriteFrom(query, -1);
  if (!from.empty()) sql += " FROM " + from;
  if (query.where != nullptr) sql += " WHERE " + Write(*query.where);
  if (!query.group.empty()) sql += " GROUP BY " + List(query.group);
  if (query.having != nullptr) sql += " HAVING " + Write(*query.having);
  return sql + OrderAndLimit(query, false);
}

// The first row of each group, by a window.
std::string Emitter::DistinctOn(const Query& query) {
  std::string inner, outer;
  for (const catalog::TargetItem& item : query.targets) {
    if (item.hidden) continue;
    const std::string name = QuoteName(item.name);
    inner += Write(*item.value) + " AS " + name + ", ";
    outer += (outer.empty() ? "" : ", ") + name;
  }
  const std::string order = SortList(query.order);
  inner += "row_number() OVER (PARTITION BY " + List(query.distinct_on) +
           (order.empty() ? "" : " ORDER BY " + order) + ") AS strata_row";
  if (order.empty()) Approximate("DISTINCT ON without ORDER BY takes any row");
  if (query.limit != nullptr || query.offset != nullptr)
    return Fail("DISTINCT ON with LIMIT has no counterpart on SQLite");
  std::string sql = "SELECT " + inner;
  const std::string from = WriteFrom(query, -1);
  if (!from.empty()) sql += " FROM " + from;
  if (query.where != nullptr) sql += " WHERE " + Write(*query.where);
  if (!query.group.empty()) sql += " GROUP BY " + List(query.group);
  if (query.having != nullptr) sql += " HAVING " + Write(*query.having);
  return "SELECT " + outer + " FROM (" + sql + ") WHERE strata_row = 1";
}

std::string Emitter::Values(const Query& query) {
  std::string sql;
  for (const auto& row : query.values) sql += (sql.empty() ? "VALUES (" : ", (") + List(row) + ")";
  return sql;
}

std::string Emitter::SetOperation(const Query& query) {
  if (query.left == nullptr || query.right == nullptr)
    return Fail("a set operation was not analysed");
  std::string operation = query.set_operation;
  if (operation == "intersect all" || operation == "except all")
    return Fail(operation + " has no counterpart on SQLite");
  std::transform(operation.begin(), operation.end(), operation.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  });
  const auto member = [&](const Query& part, bool first) {
    const bool plain = part.ctes.empty() && part.order.empty() && part.limit == nullptr &&
                       part.offset == nullptr &&
                       (part.kind != Query::Kind::kSetOperation ||
                        (first && part.set_operation == query.set_operation));
    const std::string sql = WriteQuery(part);
    return plain ? sql : "SELECT * FROM (" + sql + ")";
  };
  return member(*query.left, true) + " " + operation + " " + member(*query.right, false) +
         OrderAndLimit(query, true);
}

std::string Emitter::OrderAndLimit(const Query& query, bool by_position) {
  std::string sql;
  if (!query.order.empty() && !by_position) sql += " ORDER BY " + SortList(query.order);
  if (!query.order.empty() && by_position) {
    if (strict_ && query.limit != nullptr) return Fail("the order of a set operation is not known");
    std::string list;
    for (const catalog::SortItem& item : query.order) {
      for (std::size_t i = 0; i < query.targets.size(); ++i) {
        if (query.targets[i].value == item.value)
          list += (list.empty() ? "" : ", ") + std::to_string(i + 1);
      }
    }
    if (!list.empty()) sql += " ORDER BY " + list;
  }
  if (query.limit != nullptr) sql += " LIMIT " + Write(*query.limit);
  if (query.offset != nullptr)
    sql += (query.limit == nullptr ? " LIMIT -1" : "") + (" OFFSET " + Write(*query.offset));
  return sql;
}

std::string Emitter::SortList(const std::vector<catalog::SortItem>& order) {
  std::string list;
  for (const catalog::SortItem& item : order) {
    const bool nulls_first = item.nulls == 'f' || (item.nulls == 0 && item.descending);
    list += (list.empty() ? "" : ", ") + Write(*item.value) + (item.descending ? " DESC" : "") +
            (nulls_first ? " NULLS FIRST" : " NULLS LAST");
  }
  return list;
}

std::string Emitter::WriteReturning(const Query& query) {
  std::string list;
  for (const catalog::TargetItem& item : query.returning)
    list += (list.empty() ? " RETURNING " : ", ") + Write(*item.value);
  return list;
}

}  // namespace strata::shadow
