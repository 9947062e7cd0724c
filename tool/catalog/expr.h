// An analysed expression or query: names resolved to objects, types known. What PostgreSQL's parse
// analysis would make of the source, kept as far as Strata needs it: to print it with today's
// names, to compare it by meaning, to know what it depends on, and to translate it for the shadow.
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

struct SortItem {
  ExprPtr value;
  bool descending = false;
  char nulls = 0;              // 'f' first, 'l' last, 0 default
  std::string using_operator;  // ORDER BY … USING
};

// What stands after OVER, or in WINDOW.
struct WindowSpec {
  std::string name;     // of a window in WINDOW that is used as it is: OVER w
  std::string refines;  // of a window that it starts from: OVER (w …)
  std::vector<ExprPtr> partition;
  std::vector<SortItem> order;
  std::string frame;  // "ROWS BETWEEN $ PRECEDING AND CURRENT ROW"; $: the next of frame_offsets
  std::vector<ExprPtr> frame_offsets;
};

struct Expr {
  enum class Kind : std::uint8_t {
    kConst,   // text: the value as its type's input would read it; is_null. Type kUnknown (705):
              // untyped
    kColumn,  // a column of a range entry: level, range; relation with attribute number where it is
              // a table's (negative: a system column), else number = place in columns, from 1;
              // number 0: the whole row. word: its name in the source's time
    kParameter,  // $n (number), or an argument of an SQL function (word: its name)
    kFunction,   // object: function; args in the order written; names where some are named
    kAggregate,  // the same; distinct, order, filter, star, within_group
    kWindow,     // the same, with window
    kOperator,   // object: operator (word: its name); args (1 or 2)
    kArrayTest,  // args[0] op ANY/ALL (args[1]); object: operator; word: "any" or "all"
    kRowTest,    // ROW(…) op ROW(…): args[0], args[1] are kRow; word: the operator
    kBool,       // word: "and", "or", "not"; args
    kCase,       // args: [operand,] when, then, …, [else]; has_operand, has_else
    kCoalesce,
    kNullIf,
    kGreatest,
    kLeast,
    kCast,      // args[0] to `type`; explicit_cast: written by the user, else made by the context
    kNullTest,  // word: "null", "not null"
    kBoolTest,  // word: "true", "not true", …
    kDistinct,  // IS [NOT] DISTINCT FROM; word: "distinct", "not distinct"
    kArray,     // ARRAY[…]
    kRow,       // ROW(…)
    kSubscript,  // args[0] by args[1]…; names[i]: "" an index, ":" a slice's bound (null: left out)
    kField,      // (args[0]).word; number: the attribute number where it is a composite type's
    kSubquery,     // word: "exists", "any", "all", "scalar", "array"; query; args[0] the left side;
                   // object: the operator; text: its name
    kSqlValue,     // word: "current_date", "current_timestamp", "current_user", …
    kCollate,      // args[0] COLLATE word
    kGroupingSet,  // in GROUP BY: word "rollup", "cube", "sets", "empty", "list"; args
    kDefault,      // DEFAULT in VALUES or SET
    kOpaque,  // text: the source, canonical; type may be unknown. Nothing certain is known inside
  };
  Kind kind = Kind::kOpaque;
  TypeRef type;
  Oid collation = 0;
  Span span;  // where it begins in the script it came from; {0,0} where it came from none
  std::vector<ExprPtr> args;
  Oid object = 0;
  std::string word;
  std::string text;
  std::vector<std::string> names;
  bool is_null = false;
  bool explicit_cast = false;
  bool has_operand = false, has_else = false;
  bool distinct = false, star = false, within_group = false;
  bool variadic = false;        // VARIADIC stands before the last argument
  bool sql_syntax = false;      // of a function: called by words of the grammar, as in EXTRACT(…)
  std::vector<SortItem> order;  // of an aggregate
  ExprPtr filter;
  std::shared_ptr<const WindowSpec> window;
  int level = 0;  // of a column: how many queries up
  int range = 0;  // its range entry, from 0
  Oid relation = 0;
  std::int16_t number = 0;
  QueryPtr query;
};

// One item of FROM (or the target of INSERT, UPDATE, DELETE).
struct RangeEntry {
  enum class Kind : std::uint8_t { kRelation, kSubquery, kFunction, kJoin, kValues, kCte, kOpaque };
  Kind kind = Kind::kRelation;
  std::string alias;  // what it is called in the query
  Oid relation = 0;
  QueryPtr query;                  // of a subquery or CTE
  std::vector<ExprPtr> functions;  // one, or those of ROWS FROM
  bool ordinality = false;
  std::string definition;  // the column definition list of a function that returns record, SQL
  std::string sample;      // TABLESAMPLE …, SQL
  bool only = false;
  std::string text;        // kOpaque: SQL of the item (XMLTABLE)
  bool has_alias = false;  // it was written
  std::vector<std::string> column_aliases;
  std::vector<ResultColumn> columns;
  std::vector<std::int16_t> numbers;  // of a relation: attribute numbers beside columns
  bool lateral = false;
  bool complete = true;                      // false: it may have columns that are not known
  std::vector<std::vector<ExprPtr>> values;  // kValues
};

struct TargetItem {
  std::string name;
  ExprPtr value;
  std::int16_t number = 0;  // of INSERT and UPDATE: the column written
  bool hidden = false;      // for ORDER BY or GROUP BY only
};

struct FromItem {    // the join tree
  int range = -1;    // a leaf; else a join of left and right
  std::string join;  // "inner", "left", "right", "full", "cross"
  std::shared_ptr<const FromItem> left, right;
  ExprPtr on;
  std::vector<std::string> using_columns;
  bool natural = false;
};

struct Query {
  enum class Kind : std::uint8_t {
    kSelect,
    kValues,
    kSetOperation,
    kInsert,
    kUpdate,
    kDelete,
    kMerge,
    kOpaque
  };
  Kind kind = Kind::kSelect;
  std::vector<RangeEntry> ranges;
  std::vector<std::shared_ptr<const FromItem>> from;
  std::vector<TargetItem>
      targets;  // of SELECT; of INSERT the columns written (values null), of UPDATE with them
  std::vector<std::vector<ExprPtr>> values;
  ExprPtr where, having, limit, offset;
  std::vector<ExprPtr> group;
  std::vector<SortItem> order;
  bool group_distinct = false;
  struct NamedWindow {
    std::string name;
    WindowSpec window;
  };
  std::vector<NamedWindow> windows;
  bool with_ties = false;
  std::vector<std::string> locks;  // "FOR UPDATE OF t", SQL
  bool distinct = false;
  std::vector<ExprPtr> distinct_on;
  bool has_aggregates = false, has_windows = false;
  std::string set_operation;  // "union", "union all", "intersect", …
  QueryPtr left, right;
  struct Cte {
    std::string name;
    QueryPtr query;
    bool recursive = false;    // it names itself
    std::string materialized;  // "", "MATERIALIZED", "NOT MATERIALIZED"
    std::vector<std::string> column_aliases;
    std::string search_and_cycle;  // SQL
  };
  std::vector<Cte> ctes;
  bool recursive = false;
  // writing
  Oid target = 0;   // the relation written
  QueryPtr source;  // of INSERT … SELECT or VALUES
  bool default_values = false;
  int target_range = 0;     // its range entry
  std::string overriding;   // of INSERT: "", "user", "system"
  std::string on_conflict;  // "", "nothing", "update"
  Oid conflict_constraint = 0;
  std::vector<std::int16_t> conflict_columns;
  std::vector<ExprPtr> conflict_expressions;
  ExprPtr conflict_predicate;  // of the index: ON CONFLICT (…) WHERE …
  int excluded_range = -1;     // the range entry of "excluded"
  std::vector<TargetItem> conflict_set;
  ExprPtr conflict_where;
  std::vector<TargetItem> returning;
  std::vector<ResultColumn> columns;  // what it returns
  std::string text;                   // canonical source (libpg_query's), for what is not modelled
  bool certain = true;                // false: something in it was not analysed
  bool complete = true;               // false: it may return columns that are not in `columns`
};

}  // namespace strata::catalog
