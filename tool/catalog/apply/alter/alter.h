// The subcommands of ALTER TABLE, ALTER VIEW, ALTER INDEX and ALTER TYPE (tablecmds.c).
#pragma once

#include "catalog/apply/context.h"

namespace strata::catalog {

struct AlterCommand {
  const sql::AlterTableCmd& node;
  Oid relation = 0;
  Span at;  // the subcommand in the statement
  // The relation before the statement: USING is read against it.
  std::shared_ptr<const Relation> before;
  bool only = false;  // ALTER TABLE ONLY
};

// Columns.
void AddColumn(Context& context, const AlterCommand& command);
void DropColumn(Context& context, const AlterCommand& command);
void AlterColumnType(Context& context, const AlterCommand& command);
void AlterColumnProperty(Context& context,
                         const AlterCommand& command);  // default, not null, identity, …

// Constraints.
void AddConstraint(Context& context, const AlterCommand& command);
void DropConstraint(Context& context, const AlterCommand& command);
void AlterConstraint(Context& context, const AlterCommand& command);
void ValidateConstraint(Context& context, const AlterCommand& command);

// The table itself, its triggers and rules, its place in an inheritance.
void AlterTableProperty(Context& context, const AlterCommand& command);
void AttachPartitionCommand(Context& context, const AlterCommand& command);
void DetachPartitionCommand(Context& context, const AlterCommand& command);
void AddInherit(Context& context, const AlterCommand& command);
void DropInherit(Context& context, const AlterCommand& command);

// The column a subcommand names; reports. Null for a system column as well.
const Column* CommandColumn(Context& context, const AlterCommand& command, const std::string& name);

// Gives the relation and all that it owns a new owner.
void ChangeOwner(Context& context, Oid relation, const std::string& owner);

}  // namespace strata::catalog
