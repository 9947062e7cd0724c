// Parse analysis: names and types of expressions and queries, as PostgreSQL 15 resolves them.
//
// Every function appends what is certainly wrong to `findings`, at most one problem for one
// mistake, and returns the best it could make of the source (an Opaque expression, a type of 0), so
// that the caller goes on as if the source had meant well.
#pragma once

#include <string>
#include <vector>

#include "catalog/catalog.h"
#include "catalog/expr.h"
#include "catalog/problem.h"
#include "sql/tree.h"

namespace strata::catalog {

// Where an expression stands; decides what it may contain (PostgreSQL: ParseExprKind).
enum class ExprPlace {
  kDefault,
  kCheck,
  kDomainCheck,
  kGenerated,
  kIndexExpression,
  kIndexPredicate,
  kPolicy,
  kTriggerWhen,
  kAlterUsing,
  kPartitionKey,
  kPartitionBound,
  kFunctionDefault,
  kOther,
};

struct Scope {
  ExprPlace place = ExprPlace::kOther;
  const Relation* relation = nullptr;       // whose columns may be named without a prefix
  std::vector<ResultColumn> extra_columns;  // columns of no relation yet (VALUE of a domain, …)
  bool old_and_new = false;                 // OLD.x and NEW.x of a trigger or rule
  TypeRef expected;                         // coerced to it by assignment; type 0: as it comes
  std::string target_name;                  // the column that `expected` is of, for messages
  const std::vector<FunctionArgument>* parameters = nullptr;  // of the SQL function around it
};

// Resolves a type name. Type 0 with a problem: it does not exist. `serial` is not a type here.
TypeRef AnalyzeTypeName(const Catalog& catalog, const sql::TypeName* name, Findings* findings);

// Analyses an expression; never null.
ExprPtr AnalyzeExpression(const Catalog& catalog, const sql::Node* node, const Scope& scope,
                          Findings* findings);

// Analyses SELECT, VALUES, INSERT, UPDATE, DELETE, MERGE; never null.
// `parameters`: types of $1, $2, … of an SQL function, with names where the function gives them.
QueryPtr AnalyzeQuery(const Catalog& catalog, const sql::Node* statement,
                      const std::vector<FunctionArgument>& parameters, Findings* findings);

// The arguments that a function is called with, in order.
std::vector<FunctionArgument> InputsOf(const Function& function);

// Whether a value of `from` may become `to`: 'i' implicit, 'a' assignment, 'e' explicit.
bool CanCoerce(const Catalog& catalog, Oid from, Oid to, char context);

// Everything an expression or query depends on (functions, operators, types, relations, columns).
std::vector<ObjectRef> ReferencesOf(const Expr& expression);
std::vector<ObjectRef> ReferencesOf(const Query& query);

// SQL for it with today's names, deterministic; equal by meaning prints equal.
std::string Print(const Catalog& catalog, const Expr& expression);
// Of a trigger's condition, over the rows OLD and NEW of its table.
std::string PrintOfRows(const Catalog& catalog, const Expr& expression, const Relation& table);
std::string Print(const Catalog& catalog, const Query& query);

}  // namespace strata::catalog
