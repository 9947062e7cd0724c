// ALTER TABLE takes the strongest lock that any of its commands needs. Source:
// AlterTableGetLockLevel in PostgreSQL 15 (tablecmds.c).
#include <algorithm>
#include <set>

#include "catalog/expr.h"
#include "lint/lock_list.h"
#include "lint/match.h"
#include "lint/rewrites.h"

namespace strata::lint {
namespace {

using catalog::Relation;
using sql::AlterTableCmd;
using sql::Constraint;

// Storage parameters that do not change what concurrent transactions do (reloptions.c).
bool IsLightOption(std::string_view name) {
  static const std::set<std::string_view> kHeavy = {"user_catalog_table", "security_barrier",
                                                    "check_option", "buffering"};
  return kHeavy.count(name) == 0;
}

LockMode OptionsMode(const AlterTableCmd* command) {
  if (const auto* list = As<sql::List>(command->def)) {
    for (const sql::Node* node : Each(list)) {
      const auto* option = As<sql::DefElem>(node);
      if (option != nullptr && !IsLightOption(option->defname)) return LockMode::kAccessExclusive;
    }
  }
  return LockMode::kShareUpdateExclusive;
}

LockMode ModeOf(const AlterTableCmd* command) {
  switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ClusterOn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropCluster:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartitionFinalize:
      return LockMode::kShareUpdateExclusive;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetRelOptions:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ResetRelOptions:
      return OptionsMode(command);
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableAlwaysTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableReplicaTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_EnableTrigUser:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrig:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigAll:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DisableTrigUser:
      return LockMode::kShareRowExclusive;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint: {
      const auto* constraint = As<Constraint>(command->def);
      const bool foreign =
          constraint != nullptr && constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
      return foreign ? LockMode::kShareRowExclusive : LockMode::kAccessExclusive;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition: {
      const auto* partition = As<sql::PartitionCmd>(command->def);
      const bool concurrently = partition != nullptr && partition->concurrent;
      return concurrently ? LockMode::kShareUpdateExclusive : LockMode::kAccessExclusive;
    }
    default:
      return LockMode::kAccessExclusive;
  }
}

// A constraint being added to rows that are there.
void AddConstraintWork(const Constraint* constraint, TableLock* lock, LockList* locks) {
  switch (constraint->contype) {
    case PG_QUERY__CONSTR_TYPE__CONSTR_CHECK:
      if (!constraint->skip_validation) Grow(lock, TableWork::kScan, "every row is checked");
      break;
    case PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN: {
      TableLock* other = locks->Add(constraint->pktable, LockMode::kShareRowExclusive);
      if (constraint->skip_validation) break;
      Grow(other, TableWork::kNone, "it waits for the check of the referencing rows");
      Grow(lock, TableWork::kScan, "every row is looked up in the referenced table");
      break;
    }
    case PG_QUERY__CONSTR_TYPE__CONSTR_PRIMARY:
    case PG_QUERY__CONSTR_TYPE__CONSTR_UNIQUE:
    case PG_QUERY__CONSTR_TYPE__CONSTR_EXCLUSION: {
      const std::string_view index = constraint->indexname;
      if (index.empty()) {
        Grow(lock, TableWork::kScan, "an index is built over every row");
        if (lock != nullptr) lock->builds_index = true;
      }
      break;
    }
    default:
      break;
  }
}

void AddColumnWork(const sql::ColumnDef* column, TableLock* lock, LockList* locks) {
  const std::string why = WhyAddColumnRewrites(column, locks->before());
  if (!why.empty()) Grow(lock, TableWork::kRewrite, why);
  for (const sql::Node* node : Each(column->n_constraints, column->constraints)) {
    if (const auto* constraint = As<Constraint>(node)) {
      AddConstraintWork(constraint, lock, locks);
    }
  }
}

// A valid CHECK (column IS NOT NULL) spares the scan (since PostgreSQL 12).
bool HasNotNullCheck(const catalog::Catalog& catalog, const Relation* table,
                     const catalog::Column* column) {
  for (const catalog::Constraint* constraint : catalog.ConstraintsOf(table->oid)) {
    if (constraint->kind == catalog::ConstraintKind::kPrimaryKey) {
      const auto& keys = constraint->columns;
      if (std::find(keys.begin(), keys.end(), column->number) != keys.end()) return true;
    }
    if (constraint->kind != catalog::ConstraintKind::kCheck || !constraint->validated) continue;
    const catalog::Expr* check = constraint->check.get();
    if (check == nullptr || check->kind != catalog::Expr::Kind::kNullTest ||
        check->word != "not null")
      continue;
    if (!check->args.empty() && check->args[0]->number == column->number) return true;
  }
  return false;
}

bool Holds(const std::vector<std::int16_t>& columns, std::int16_t column) {
  return std::find(columns.begin(), columns.end(), column) != columns.end();
}

// Foreign keys over the column are made anew, which locks the tables at their other ends.
void AddKeysOf(const Relation* table, std::int16_t column, LockList* locks) {
  const catalog::Catalog& before = locks->before();
  for (const catalog::Constraint* key : before.ConstraintsOf(table->oid)) {
    const bool foreign = key->kind == catalog::ConstraintKind::kForeignKey;
    if (foreign && Holds(key->columns, column)) {
      locks->Add(before.relation(key->referenced), LockMode::kAccessExclusive);
    }
  }
  for (const catalog::Constraint* key : before.ForeignKeysTo(table->oid)) {
    if (Holds(key->referenced_columns, column)) {
      locks->Add(before.relation(key->relation), LockMode::kAccessExclusive);
    }
  }
}

void ColumnTypeWork(const AlterTableCmd* command, const Relation* table, TableLock* lock,
                    LockList* locks) {
  const Relation* after = locks->after().relation(table->oid);
  const catalog::Column* from = table->FindColumn(std::string(command->name));
  const catalog::Column* to =
      after == nullptr ? nullptr : after->FindColumn(std::string(command->name));
  if (from == nullptr || to == nullptr) return;
  AddKeysOf(table, from->number, locks);
  if (ChangeOfType(locks->after(), from->type, to->type) == TypeChange::kRewrite) {
    Grow(lock, TableWork::kRewrite, "every row is written in the new type");
  }
}

void PartitionWork(const AlterTableCmd* command, LockList* locks) {
  const auto* partition = As<sql::PartitionCmd>(command->def);
  if (partition == nullptr) return;
  const bool attach = command->subtype == PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition;
  TableLock* lock = locks->Add(partition->name, LockMode::kAccessExclusive);
  if (attach)
    Grow(lock, TableWork::kScan, "every row of the new partition is checked against its bounds");
}

void CommandWork(const AlterTableCmd* command, const Relation* table, TableLock* lock,
                 LockList* locks) {
  switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
      if (const auto* column = As<sql::ColumnDef>(command->def)) AddColumnWork(column, lock, locks);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
      if (const auto* constraint = As<Constraint>(command->def)) {
        AddConstraintWork(constraint, lock, locks);
      }
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint: {
      const auto* constraint = locks->before().FindConstraint(table->oid, command->name);
      Grow(lock, TableWork::kScan, "every row is checked");
      const bool foreign =
          constraint != nullptr && constraint->kind == catalog::ConstraintKind::kForeignKey;
      if (foreign)
        locks->Add(locks->before().relation(constraint->referenced), LockMode::kRowShare);
      break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint: {
      const auto* constraint = locks->before().FindConstraint(table->oid, command->name);
      const bool foreign =
          constraint != nullptr && constraint->kind == catalog::ConstraintKind::kForeignKey;
      if (foreign)
        locks->Add(locks->before().relation(constraint->referenced), LockMode::kAccessExclusive);
      break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull: {
      const catalog::Column* column = table->FindColumn(std::string(command->name));
      const bool known = column == nullptr || column->not_null;
      if (!known && !HasNotNullCheck(locks->before(), table, column)) {
        Grow(lock, TableWork::kScan, "every row is checked for NULL");
      }
      break;
    }
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
      ColumnTypeWork(command, table, lock, locks);
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetUnLogged:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetTableSpace:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetAccessMethod:
      Grow(lock, TableWork::kRewrite, "the whole table is copied");
      break;
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AttachPartition:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition:
      PartitionWork(command, locks);
      break;
    default:
      break;
  }
}

// Commands that change the tables that inherit as well (ATPrepCmd).
bool Recurses(const AlterTableCmd* command) {
  switch (command->subtype) {
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropColumn:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AlterColumnType:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ColumnDefault:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropNotNull:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStatistics:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_SetStorage:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_AddConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_DropConstraint:
    case PG_QUERY__ALTER_TABLE_TYPE__AT_ValidateConstraint:
      return true;
    default:
      return false;
  }
}

}  // namespace

void AddAlterTableLocks(const sql::AlterTableStmt* alter, LockList* locks) {
  const Relation* table = locks->Find(alter->relation);
  if (table == nullptr) return;
  LockMode mode = LockMode::kAccessShare;
  bool recurses = false;
  for (const sql::Node* node : Each(alter->n_cmds, alter->cmds)) {
    const auto* command = As<AlterTableCmd>(node);
    if (command == nullptr) continue;
    mode = std::max(mode, ModeOf(command));
    recurses = recurses || Recurses(command);
  }
  for (const sql::Node* node : Each(alter->n_cmds, alter->cmds)) {
    const auto* command = As<AlterTableCmd>(node);
    if (command == nullptr) continue;
    TableLock* lock = recurses && alter->relation->inh ? locks->AddWithChildren(table, mode)
                                                       : locks->Add(table, mode);
    CommandWork(command, table, lock, locks);
  }
}

}  // namespace strata::lint
