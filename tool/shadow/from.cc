#include "shadow/emitter.h"
#include "shadow/input.h"

namespace strata::shadow {
namespace {

using catalog::Expr;
using catalog::Query;
using catalog::RangeEntry;

// PostgreSQL's set-returning functions that are SQLite's json_each in FROM: which of its columns.
struct TableFunction {
  const char* name;
  const char* columns[2];
  bool pairs;
};
constexpr TableFunction kTableFunctions[] = {
    {"unnest", {"value", nullptr}, false},
    {"jsonb_array_elements", {"value", nullptr}, false},
    {"json_array_elements", {"value", nullptr}, false},
    {"jsonb_array_elements_text", {"value", nullptr}, false},
    {"json_array_elements_text", {"value", nullptr}, false},
    {"jsonb_object_keys", {"key", nullptr}, false},
    {"json_object_keys", {"key", nullptr}, false},
    {"jsonb_each", {"key", "value"}, true},
    {"json_each", {"key", "value"}, true},
    {"jsonb_each_text", {"key", "value"}, true},
    {"json_each_text", {"key", "value"}, true},
};

const TableFunction* FindTableFunction(const std::string& name) {
  for (const TableFunction& f : kTableFunctions) {
    if (name == f.name) return &f;
  }
  return nullptr;
}

std::string NameOf(const catalog::Catalog& catalog, const RangeEntry& entry) {
  if (entry.functions.size() != 1 || entry.ordinality || !entry.definition.empty()) return "";
  const catalog::Function* f = catalog.function(entry.functions[0]->object);
  return f == nullptr ? "" : f->name;
}

}  // namespace

std::string Emitter::WriteTable(const catalog::Relation& relation) {
  return naming_->Table(relation, this);
}

std::string Emitter::WriteColumn(const catalog::Relation& relation, std::int16_t number) {
  return naming_->Column(relation, number, this);
}

std::string Emitter::WriteFrom(const Query& query, int without) {
  std::string sql;
  for (const auto& item : query.from) {
    if (item == nullptr || (item->range >= 0 && item->range == without)) continue;
    sql += (sql.empty() ? "" : ", ") + FromItem(query, *item);
  }
  return sql;
}

std::string Emitter::FromItem(const Query& query, const catalog::FromItem& item) {
  if (item.range >= 0) return Range(query, query.ranges[static_cast<std::size_t>(item.range)]);
  if (item.left == nullptr || item.right == nullptr) return Fail("a join was not analysed");
  std::string word = " JOIN ";
  if (item.join == "left") word = " LEFT JOIN ";
  if (item.join == "right") word = " RIGHT JOIN ";
  if (item.join == "full") word = " FULL JOIN ";
  if (item.join == "cross") word = " CROSS JOIN ";
  std::string right = FromItem(query, *item.right);
  if (item.right->range < 0) right = "(" + right + ")";
  std::string sql = FromItem(query, *item.left) + word + right;
  if (item.on != nullptr) return sql + " ON " + Write(*item.on);
  if (item.natural) return Fail("NATURAL JOIN has no counterpart here");
  std::string on;
  for (const std::string& name : item.using_columns) {
    on += (on.empty() ? " ON " : " AND ") + NamedIn(query, *item.left, name) + " = " +
          NamedIn(query, *item.right, name);
  }
  return sql + on;
}

// The column that USING means on one side of a join.
std::string Emitter::NamedIn(const Query& query, const catalog::FromItem& item,
                             const std::string& name) {
  if (item.range < 0) {
    const std::string left = item.left == nullptr ? "" : NamedIn(query, *item.left, name);
    return !left.empty() || item.right == nullptr ? left : NamedIn(query, *item.right, name);
  }
  const RangeEntry& entry = query.ranges[static_cast<std::size_t>(item.range)];
  for (std::size_t i = 0; i < entry.columns.size(); ++i) {
    if (entry.columns[i].name != name) continue;
    Expr column;
    column.kind = Expr::Kind::kColumn;
    column.range = item.range;
    column.relation = entry.relation;
    column.number = i < entry.numbers.size() ? entry.numbers[i] : static_cast<std::int16_t>(i + 1);
    return RangeColumn(query, column);
  }
  return "";
}

std::string Emitter::Range(const Query& query, const RangeEntry& entry) {
  const std::string alias = " AS " + QuoteName(entry.alias);
  switch (entry.kind) {
    case RangeEntry::Kind::kRelation: {
      const catalog::Relation* relation = catalog_.relation(entry.relation);
      if (relation == nullptr) return Fail("a table is not known");
      const std::string table = WriteTable(*relation);
      return table == QuoteName(entry.alias) ? table : table + alias;
    }
    case RangeEntry::Kind::kFunction:
      return FunctionRange(entry) + alias;
    case RangeEntry::Kind::kCte: {
      return entry.text == entry.alias ? QuoteName(entry.text) : QuoteName(entry.text) + alias;
    }
    case RangeEntry::Kind::kSubquery:
    case RangeEntry::Kind::kValues: {
      if (entry.lateral) Approximate("LATERAL subqueries cannot name earlier tables");
      if (entry.query == nullptr) break;
      std::string renamed;
      for (std::size_t i = 0; i < entry.columns.size(); ++i) {
        const bool values = entry.query->kind == Query::Kind::kValues;
        const std::string inner = values ? "column" + std::to_string(i + 1)
                                  : i < entry.query->columns.size() ? entry.query->columns[i].name
                                                                    : entry.columns[i].name;
        renamed += (renamed.empty() ? "" : ", ") + QuoteName(inner) + " AS " +
                   QuoteName(entry.columns[i].name);
      }
      const std::string inner = "(" + WriteQuery(*entry.query) + ")";
      return "(SELECT " + (renamed.empty() ? "*" : renamed) + " FROM " + inner + ")" + alias;
    }
    case RangeEntry::Kind::kJoin:
    case RangeEntry::Kind::kOpaque:
      break;
  }
  (void)query;
  return Fail("an item of FROM was not analysed");
}

std::string Emitter::FunctionRange(const RangeEntry& entry) {
  const std::string name = NameOf(catalog_, entry);
  if (FindTableFunction(name) != nullptr && entry.functions[0]->args.size() == 1) {
    return "json_each(" + Write(*entry.functions[0]->args[0]) + ")";
  }
  const std::vector<catalog::ExprPtr> args =
      name.empty() ? std::vector<catalog::ExprPtr>() : entry.functions[0]->args;
  const bool integers = !args.empty() && Stored(*args[0]).storage == Storage::kInteger;
  if (name == "generate_series" && integers && args.size() >= 2) {
    const std::string step = args.size() > 2 ? Write(*args[2]) : "1";
    const std::string first = Write(*args[0]), last = Write(*args[1]);
    return "(WITH RECURSIVE series(value) AS (SELECT " + first + " WHERE (" + step + " > 0 AND " +
           first + " <= " + last + ") OR (" + step + " < 0 AND " + first + " >= " + last +
           ") UNION ALL SELECT value + " + step + " FROM series WHERE CASE WHEN " + step +
           " > 0 THEN value + " + step + " <= " + last + " ELSE value + " + step + " >= " + last +
           " END) SELECT value FROM series)";
  }
  return Fail("the function " + (name.empty() ? "call" : name + "()") +
              " in FROM has no counterpart on SQLite");
}

std::string Emitter::ColumnReference(const Expr& e) {
  if (scopes_.empty()) {
    if (!domain_value.empty() && e.relation == 0) return domain_value;
    const catalog::Relation* relation = catalog_.relation(e.relation);
    if (relation == nullptr) return Fail("a column's table is not known");
    return WriteColumn(*relation, e.number);
  }
  const auto up = static_cast<std::size_t>(e.level);
  if (up >= scopes_.size()) return Fail("a column's query is not known");
  const Query& query = *scopes_[scopes_.size() - 1 - up];
  if (e.range < 0 || static_cast<std::size_t>(e.range) >= query.ranges.size())
    return Fail("a column's table is not known");
  return RangeColumn(query, e);
}

std::string Emitter::RangeColumn(const Query& query, const Expr& e) {
  const RangeEntry& entry = query.ranges[static_cast<std::size_t>(e.range)];
  const std::string prefix = QuoteName(entry.alias) + ".";
  if (e.number <= 0) return Fail("a whole row or a system column has no counterpart on SQLite");
  const auto position = static_cast<std::size_t>(e.number - 1);
  switch (entry.kind) {
    case RangeEntry::Kind::kRelation: {
      const catalog::Relation* relation = catalog_.relation(entry.relation);
      if (relation == nullptr) return Fail("a table is not known");
      return prefix + WriteColumn(*relation, e.number);
    }
    case RangeEntry::Kind::kFunction: {
      const TableFunction* f = FindTableFunction(NameOf(catalog_, entry));
      const bool pairs = f != nullptr && f->pairs;
      if (f == nullptr || position > (pairs ? 1u : 0u)) return prefix + "value";
      return prefix + f->columns[position];
    }
    case RangeEntry::Kind::kSubquery:
    case RangeEntry::Kind::kCte:
    case RangeEntry::Kind::kValues:
      if (position >= entry.columns.size()) return Fail("a column of a subquery is not known");
      return prefix + QuoteName(entry.columns[position].name);
    case RangeEntry::Kind::kJoin:
    case RangeEntry::Kind::kOpaque:
      break;
  }
  return Fail("a column's table was not analysed");
}

}  // namespace strata::shadow
