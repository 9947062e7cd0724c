// Small questions about trees that more than one rule asks.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/step.h"
#include "sql/tree.h"

namespace strata::lint {

using sql::As;
using sql::Each;

// Where a name stands in the statement: the token at `location` with its dotted parts, or the
// statement's first line where there is none.
Span SpanAt(const Step& step, int location);
// The name's token in the statement (after `from`), or the statement's first line.
Span SpanOfName(const Step& step, std::string_view name, std::size_t from = 0);
// The statement without its further lines.
Span HeadOf(std::string_view text, Span statement);
// The statement's text.
std::string_view TextOf(const Step& step);

// "users" or "billing.users"; as SQL writes it, quoted where needed.
std::string NameOf(const sql::RangeVar* name);
std::string QuoteName(std::string_view name);
std::string NameOf(const catalog::Catalog& catalog, const catalog::Relation& relation);

// The commands of an ALTER TABLE on a table (not a view, index or type) with its target.
struct AlterCommand {
  const sql::AlterTableStmt* statement = nullptr;
  const sql::AlterTableCmd* command = nullptr;
};
std::vector<AlterCommand> AlterCommands(const sql::Node* tree);
std::vector<AlterCommand> AlterCommands(const sql::Node* tree, int subtype);

// What is being defined: every column definition of CREATE TABLE and of ADD COLUMN.
struct NewColumn {
  const sql::RangeVar* table = nullptr;
  const sql::ColumnDef* column = nullptr;
  bool in_create = false;
};
std::vector<NewColumn> NewColumns(const sql::Node* tree);

// Every constraint that a CREATE TABLE, ADD COLUMN or ADD CONSTRAINT makes.
struct NewConstraint {
  const sql::RangeVar* table = nullptr;
  const sql::Constraint* constraint = nullptr;
  const sql::ColumnDef* column = nullptr;  // whose definition it stands in
  bool in_create = false;
};
std::vector<NewConstraint> NewConstraints(const sql::Node* tree);

const sql::Constraint* FindConstraint(const sql::ColumnDef* column, int kind);

// The names of a list of String nodes: the last one, and all of them with dots.
std::string LastName(sql::NodeRange names);
std::vector<std::string> Names(sql::NodeRange names);

// The objects of a DROP: each as schema (may be empty) and name.
struct DroppedObject {
  std::string schema, name;
  std::string Words() const { return schema.empty() ? name : schema + "." + name; }
};
std::vector<DroppedObject> DroppedObjects(const sql::DropStmt* drop);

// The type's own name as written, lower case: "timestamp", "bpchar", "int4", "serial".
std::string TypeWord(const sql::TypeName* type);
std::vector<int> TypeArguments(const sql::TypeName* type);

// Joins with ", " and "and": "a", "a and b", "a, b and c"; each in double quotes.
std::string QuotedList(const std::vector<std::string>& names);

}  // namespace strata::lint
