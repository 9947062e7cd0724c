// SQLite's SQL for PostgreSQL's analysed expressions and queries.
//
// Two readers: a set translated for SQLite files (plain SQL that any SQLite runs; an approximation
// is allowed and noted), and the check's own shadow (strict: the same value as PostgreSQL or a
// failure, with SQL functions of Strata's own, see native.h).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/expr.h"
#include "shadow/storage.h"

namespace strata::shadow {

class Emitter;

// What tables and columns are called in SQLite.
class Naming {
 public:
  virtual ~Naming() = default;
  // What stands in FROM: a quoted name, or a subquery in parentheses. Calls emitter->Fail() and
  // returns "" where the relation's rows cannot be had.
  virtual std::string Table(const catalog::Relation& relation, Emitter* emitter) = 0;
  virtual std::string Column(const catalog::Relation& relation, std::int16_t number,
                             Emitter* emitter) = 0;
  // nextval's argument. Fails where the sequence's position is not known, or always.
  virtual std::string Sequence(const catalog::Relation& sequence, Emitter* emitter) = 0;
  // A SELECT of the rows that a WITH query which writes has returned; "" where they are not known.
  virtual std::string Returned(const catalog::Query&) { return ""; }
};

class Emitter {
 public:
  Emitter(const catalog::Catalog& catalog, Naming* naming, bool strict)
      : catalog_(catalog), naming_(naming), strict_(strict) {}

  // An expression; columns stand without a table's name where no query is being written.
  std::string Write(const catalog::Expr& expression);
  // The expression converted to a column's type, as an assignment does.
  std::string WriteAssigned(const catalog::Expr& expression, catalog::TypeRef to);
  // SELECT, VALUES and set operations.
  std::string WriteQuery(const catalog::Query& query);

  // The parts of data statements.
  std::string WriteWith(const catalog::Query& query);  // "WITH … " or ""
  std::string WriteFrom(const catalog::Query& query,
                        int without);  // the FROM list without one range entry
  std::string WriteColumn(const catalog::Relation& relation, std::int16_t number);
  std::string WriteTable(const catalog::Relation& relation);
  std::string WriteReturning(const catalog::Query& query);

  // Inside a query: column names get their range entry's alias.
  void Enter(const catalog::Query& query) { scopes_.push_back(&query); }
  void Leave() { scopes_.pop_back(); }
  // What VALUE is in the CHECK of a domain.
  std::string domain_value;

  // Nothing that was written counts any more; `reason` is kept where it is the first.
  std::string Fail(std::string reason);
  // Written, but not the same in every case: a failure where strict.
  void Approximate(std::string note);

  bool ok() const { return failure_.empty(); }
  const std::string& failure() const { return failure_; }
  const std::set<std::string>& notes() const { return notes_; }
  const catalog::Catalog& catalog() const { return catalog_; }
  bool strict() const { return strict_; }
  StoredType Stored(const catalog::Expr& expression) const {
    return StoredAs(catalog_, expression.type);
  }

  // cast.cc. `sql` holds a value of `from`.
  std::string Convert(const std::string& sql, const StoredType& from, const StoredType& to,
                      bool explicit_cast);
  std::string FoldedNumber(const catalog::Expr& e, const StoredType& target) const;
  std::string AsText(const catalog::Expr& expression);

 private:
  std::string Constant(const catalog::Expr& e);
  std::string ColumnReference(const catalog::Expr& e);
  std::string Boolean(const catalog::Expr& e);
  std::string Case(const catalog::Expr& e);
  std::string Cast(const catalog::Expr& e);
  std::string Subquery(const catalog::Expr& e);
  std::string SqlValue(const catalog::Expr& e);
  std::string ArrayTest(const catalog::Expr& e);
  std::string Array(const catalog::Expr& e);
  std::string Distinctness(const catalog::Expr& e);
  std::string Call(const std::string& name, const std::vector<catalog::ExprPtr>& args);
  // operator.cc
  std::string Operator(const catalog::Expr& e);
  std::string Comparison(const catalog::Expr& e, const std::string& name);
  std::string Arithmetic(const catalog::Expr& e, const std::string& name);
  std::string Concatenation(const catalog::Expr& e);
  std::string Like(const catalog::Expr& e, bool negated, bool any_case);
  std::string JsonOperator(const catalog::Expr& e, const std::string& name);
  std::string JsonPath(const catalog::Expr& e, bool whole_path);
  std::string PlusInterval(const catalog::Expr& e, const std::string& name);
  // function.cc
  std::string Function(const catalog::Expr& e);
  std::string SequenceCall(const catalog::Expr& e, const std::string& name);
  std::string Aggregate(const catalog::Expr& e);
  std::string Window(const catalog::Expr& e);
  std::string JsonArgument(const catalog::Expr& e);
  std::string Over(const catalog::Expr& e);
  // query.cc
  std::string Select(const catalog::Query& query);
  std::string DistinctOn(const catalog::Query& query);
  std::string Values(const catalog::Query& query);
  std::string SetOperation(const catalog::Query& query);
  std::string OrderAndLimit(const catalog::Query& query, bool by_position);
  std::string SortList(const std::vector<catalog::SortItem>& order);
  // from.cc
  std::string FromItem(const catalog::Query& query, const catalog::FromItem& item);
  std::string Range(const catalog::Query& query, const catalog::RangeEntry& entry);
  std::string FunctionRange(const catalog::RangeEntry& entry);
  std::string RangeColumn(const catalog::Query& query, const catalog::Expr& e);
  std::string NamedIn(const catalog::Query& query, const catalog::FromItem& item,
                      const std::string& name);
  std::string List(const std::vector<catalog::ExprPtr>& expressions);

  const catalog::Catalog& catalog_;
  Naming* naming_;
  bool strict_;
  std::string failure_;
  std::set<std::string> notes_;
  std::vector<const catalog::Query*> scopes_;
};

// The sequence that nextval's argument names ('"Schema".name'::regclass), or null.
// The sequence that a column's default takes its value from, or null.
const catalog::Relation* SequenceOfDefault(const catalog::Catalog& catalog,
                                           const catalog::ExprPtr& value);

const catalog::Relation* SequenceOf(const catalog::Catalog& catalog, const catalog::Expr& argument);

}  // namespace strata::shadow
