// One statement being applied: the catalog it changes, and what is wrong with it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/analyze/analyze.h"
#include "catalog/apply/apply.h"
#include "catalog/apply/drop.h"
#include "catalog/apply/edit.h"
#include "sql/tree.h"

namespace strata::catalog {

// A name in one or two parts, as a list of String nodes or a RangeVar gives it.
struct Name {
  std::string schema;  // empty: not given
  std::string name;
  Span at;
  std::string Text() const { return schema.empty() ? name : schema + "." + name; }
};

class Context {
 public:
  Context(Catalog* catalog, std::string_view text, const sql::ParsedStatement& statement,
          bool in_transaction)
      : catalog(*catalog),
        edit(catalog),
        text(text),
        statement(statement),
        in_transaction(in_transaction) {}

  Catalog& catalog;
  Editor edit;
  std::string_view text;
  const sql::ParsedStatement& statement;
  const bool in_transaction;
  const sql::Node* node = nullptr;  // the statement being applied; an element of it while that is
  ApplyResult result;
  std::vector<std::string> doubts;

  // --- saying what is wrong ---
  void Report(std::string_view rule, std::string message, Span at, std::string help = "");
  void Skip(std::string reason);  // nothing is known of the statement's effect
  // Nothing is said against the name in later statements: whether it exists is not certain.
  void Doubt(std::string name) { doubts.push_back(std::move(name)); }
  bool HasProblems() const { return !result.findings.problems.empty(); }
  Findings* findings() { return &result.findings; }

  // --- places ---
  Span Whole() const { return statement.span; }
  Span At(int location) const;  // the (dotted) token at a location of the tree; < 0: the statement
  // The first token of the statement that is `name`, from `from` on; else the whole statement.
  Span Find(std::string_view name, std::size_t from = 0) const;

  // --- names ---
  Name NameOf(const sql::RangeVar& range) const;
  Name NameOf(std::size_t count, sql::Node* const* parts) const;
  // CURRENT_USER and the like give the session's role. Reports a role that does not exist.
  std::string RoleOf(const sql::RoleSpec* role);
  bool CheckRole(const std::string& role, Span at);

  // --- lookups that report what is missing, with "did you mean" ---
  const Schema* NeedSchema(std::string_view name, Span at);
  // `word`: what the message calls it ("relation", "table", "view", …). Null: reported, unless
  // `missing_ok` or the name is in doubt.
  const Relation* NeedRelation(const Name& name, std::string_view word = "relation",
                               bool missing_ok = false);
  const Type* NeedType(const Name& name, bool missing_ok = false);
  const Column* NeedColumn(const Relation& relation, const std::string& column, Span at);
  // Where CREATE puts a name: its schema, or the search path's first; 0: reported.
  Oid NeedCreationSchema(const Name& name, const sql::RangeVar* range = nullptr);
  // The one function that the name and arguments mean; `word`: function, procedure, aggregate,
  // routine.
  const Function* NeedFunction(const sql::ObjectWithArgs& object, std::string_view word,
                               bool missing_ok = false);

  // Drops, or reports why not and drops all the same. Returns whether it was without fault.
  bool Drop(const std::vector<ObjectRef>& objects, bool cascade, Span at);

  // Refuses a statement that cannot run inside a transaction block. Returns whether it may go on.
  bool OutsideTransaction(std::string_view command);

  std::string DidYouMean(std::string_view word, const std::vector<std::string>& candidates) const;
};

// "true" for a boolean option, numbers in digits, names joined by dots; "" where there is none.
std::string OptionText(const sql::Node* argument);
bool OptionIsTrue(const sql::Node* argument);

}  // namespace strata::catalog
