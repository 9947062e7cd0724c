// Columns as CREATE TABLE and ALTER TABLE ADD COLUMN define them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalog/apply/context.h"

namespace strata::catalog {

// A constraint clause, and the column it was written at ("" at the table's end).
struct ConstraintRequest {
  const sql::Constraint* node = nullptr;
  std::string column;
  bool deferrable = false, deferred = false;
  std::string name = {};  // of a key without one: that of a constraint that only repeated it
  bool only = false;      // ALTER TABLE ONLY: not on the partitions
};

// What a column definition asks for beyond the column itself.
struct ColumnRequest {
  Column column;
  const sql::Node* default_value = nullptr;  // or the expression of a generated column
  std::string serial;                        // the sequence's type: int2, int4, int8; empty: none
  const sql::Constraint* identity = nullptr;
  std::vector<ConstraintRequest> constraints;
  int location = -1;
};

// Reads a definition. `table`: for messages.
ColumnRequest ReadColumn(Context& context, const sql::ColumnDef& definition,
                         const std::string& table);

// Registers what a column that stands in its table needs: its type and collation.
void EnterColumn(Context& context, Oid table, const Column& column);

// Gives the column its default, generation expression, sequence.
void FinishColumn(Context& context, Oid table, std::int16_t number, const ColumnRequest& request);

// Sets or replaces a default (or, `generated`, a generation expression).
void SetDefault(Context& context, Oid table, std::int16_t number, const sql::Node* value,
                bool generated);

// The sequence of a serial or identity column; returns its number.
Oid MakeOwnedSequence(Context& context, Oid table, const Column& column, Oid type,
                      const sql::Constraint* identity);

// Analyses an expression given as SQL text, as if it stood in the statement.
// Problems go to `findings`, nowhere where it is null.
ExprPtr AnalyzeText(Context& context, const std::string& expression, const Scope& scope,
                    Findings* findings = nullptr);

bool IsSystemColumn(std::string_view name);

// A type as the statement names it, "vector(3)[]": for one that is not known.
// A function's are kept without the modifier.
std::string WrittenType(const Context& context, const sql::TypeName& type, bool modifier);

// The row type and its array of a relation.
Oid MakeRowType(Context& context, const Relation& relation);
// The array type over a type.
void MakeArrayType(Context& context, Oid type);
// Whether a new type of that name would collide (an array type in the way makes room). Reports.
bool TypeNameIsFree(Context& context, Oid schema, const std::string& name, Span at);

}  // namespace strata::catalog
