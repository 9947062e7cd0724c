// An analysed expression or query: names resolved to objects, types known. What PostgreSQL's parse
// analysis would make of the source, kept as far as Strata needs it: to print it with today's names,
// to compare it by meaning, to know what it depends on, and to translate it for the shadow.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"
#include "catalog/objects.h"

namespace strata::catalog {

// What SELECT, a subquery, a CTE or VALUES gives: one column of a result.
struct ResultColumn {
  std::string name;
  TypeRef type;
  Oid collation = 0;
};

struct Expr {
  enum class Kind : std::uint8_t {
    kConst,      // text: the value as its type's input would read it; is_null
    kColumn,     // a column of a range entry: level, range, column (relation, number where a table's)
    kParameter,  // $n (number), or an argument of an SQL function
    kFunction,   // object: function; args
    kAggregate,  // object; args; distinct, order, filter in extra
    kWindow,     // object; args; window text
    kOperator,   // object: operator; args (1 or 2)
    kArrayTest,  // args[0] op ANY/ALL (args[1]); object: operator; word: "any" or "all"
    kBool,       // word: "and", "or", "not"; args
    kCase,       // args: [operand or null,] when, then, …, [else]; has_operand, has_else
    kCoalesce, kNullIf, kGreatest, kLeast,
    kCast,       // args[0] to `type`; explicit_cast: written by the user
    kNullTest,   // word: "null", "not null"
    kBoolTest,   // word: "true", "not true", …
    kDistinct,   // IS [NOT] DISTINCT FROM; word: "distinct", "not distinct"
    kArray,      // ARRAY[…]
    kRow,        // ROW(…)
    kSubscript,  // args[0][args[1]…]
    kField,      // (args[0]).word
    kSubquery,   // word: "exists", "any", "all", "scalar", "array"; query; args[0] the left side
    kSqlValue,   // word: "current_date", "current_timestamp", "current_user", …
    kCollate,    // args[0] COLLATE word
    kDefault,    // DEFAULT in VALUES or SET
    kOpaque,     // text: the source, canonical; type may be unknown. Nothing certain is known inside
  };
  Kind kind = Kind::kOpaque;
  TypeRef type;
  Span span;  // in the script it came from; {0,0} where it came from none
  std::vector<ExprPtr> args;
  Oid object = 0;
  std::string word;
  std::string text;
  bool is_null = false;
  bool explicit_cast = false;
  bool has_operand = false, has_else = false;
  bool distinct = false, star = false;
  std::vector<ExprPtr> order;  // of an aggregate
  ExprPtr filter;
  int level = 0;               // of a column: how many queries up
  int range = 0;               // its range entry
  Oid relation = 0;
  std::int16_t number = 0;
  QueryPtr query;
};

// One item of FROM (or the target of INSERT, UPDATE, DELETE).
struct RangeEntry {
  enum class Kind : std::uint8_t { kRelation, kSubquery, kFunction, kJoin, kValues, kCte, kOpaque };
  Kind kind = Kind::kRelation;
  std::string alias;           // what it is called in the query
  Oid relation = 0;
  QueryPtr query;              // of a subquery or CTE
  ExprPtr function;
  std::vector<ResultColumn> columns;
  std::vector<std::int16_t> numbers;  // of a relation: attribute numbers beside columns
  bool lateral = false;
  bool complete = true;        // false: it may have columns that are not known
};

struct TargetItem {
  std::string name;
  ExprPtr value;
  std::int16_t number = 0;     // of INSERT and UPDATE: the column written
  bool hidden = false;         // for ORDER BY or GROUP BY only
};

struct FromItem {              // the join tree
  int range = -1;              // a leaf; else a join of left and right
  std::string join;            // "inner", "left", "right", "full", "cross"
  std::shared_ptr<const FromItem> left, right;
  ExprPtr on;
  std::vector<std::string> using_columns;
  bool natural = false;
};

struct SortItem {
  ExprPtr value;
  bool descending = false;
  char nulls = 0;  // 'f' first, 'l' last, 0 default
};

struct Query {
  enum class Kind : std::uint8_t { kSelect, kValues, kSetOperation, kInsert, kUpdate, kDelete, kMerge, kOpaque };
  Kind kind = Kind::kSelect;
  std::vector<RangeEntry> ranges;
  std::vector<std::shared_ptr<const FromItem>> from;
  std::vector<TargetItem> targets;
  std::vector<std::vector<ExprPtr>> values;
  ExprPtr where, having, limit, offset;
  std::vector<ExprPtr> group;
  std::vector<SortItem> order;
  bool distinct = false;
  std::vector<ExprPtr> distinct_on;
  bool has_aggregates = false, has_windows = false;
  std::string set_operation;  // "union", "union all", "intersect", …
  QueryPtr left, right;
  struct Cte {
    std::string name;
    QueryPtr query;
    bool recursive = false;
    std::string materialized;
  };
  std::vector<Cte> ctes;
  // writing
  Oid target = 0;             // the relation written
  QueryPtr source;            // of INSERT … SELECT or VALUES
  std::string on_conflict;    // "", "nothing", "update"
  std::vector<std::int16_t> conflict_columns;
  std::vector<TargetItem> conflict_set;
  ExprPtr conflict_where;
  std::vector<TargetItem> returning;
  std::vector<ResultColumn> columns;  // what it returns
  std::string text;                   // canonical source (libpg_query's), for what is not modelled
  bool certain = true;                // false: something in it was not analysed
};

}  // namespace strata::catalog
