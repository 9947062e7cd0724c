#include <strings.h>

#include "sql/script.h"

namespace strata::sql {
namespace {

// The value of option `name`, read as PostgreSQL's defGetBoolean does; `fallback` where it is
// absent.
bool Option(NodeRange options, std::string_view name, bool fallback) {
  for (const Node* node : options) {
    const DefElem* option = As<DefElem>(node);
    if (option == nullptr || name != option->defname) continue;
    if (option->arg == nullptr) return true;
    if (const Integer* integer = As<Integer>(option->arg)) return integer->ival != 0;
    const std::string value(StringOf(option->arg));
    return strcasecmp(value.c_str(), "false") != 0 && strcasecmp(value.c_str(), "off") != 0;
  }
  return fallback;
}

std::string ReindexName(const ReindexStmt* reindex) {
  switch (reindex->kind) {
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SCHEMA:
      return "REINDEX SCHEMA";
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_SYSTEM:
      return "REINDEX SYSTEM";
    case PG_QUERY__REINDEX_OBJECT_TYPE__REINDEX_OBJECT_DATABASE:
      return "REINDEX DATABASE";
    default:
      return Option(Each(reindex->n_params, reindex->params), "concurrently", false)
                 ? "REINDEX CONCURRENTLY"
                 : "";
  }
}

std::string SubscriptionName(const AlterSubscriptionStmt* alter) {
  const bool refresh = Option(Each(alter->n_options, alter->options), "refresh", true);
  switch (alter->kind) {
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_REFRESH:
      return "ALTER SUBSCRIPTION ... REFRESH";
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_SET_PUBLICATION:
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_ADD_PUBLICATION:
    case PG_QUERY__ALTER_SUBSCRIPTION_TYPE__ALTER_SUBSCRIPTION_DROP_PUBLICATION:
      return refresh ? "ALTER SUBSCRIPTION with refresh" : "";
    default:
      return "";
  }
}

// A slot is created on the publisher unless told otherwise; connect = false implies no slot.
bool CreatesSlot(const CreateSubscriptionStmt* create) {
  const NodeRange options = Each(create->n_options, create->options);
  return Option(options, "create_slot", Option(options, "connect", true));
}

bool DetachesConcurrently(const AlterTableStmt* alter) {
  for (const Node* node : Each(alter->n_cmds, alter->cmds)) {
    const AlterTableCmd* command = As<AlterTableCmd>(node);
    if (command == nullptr || command->subtype != PG_QUERY__ALTER_TABLE_TYPE__AT_DetachPartition)
      continue;
    const PartitionCmd* partition = As<PartitionCmd>(command->def);
    if (partition != nullptr && partition->concurrent) return true;
  }
  return false;
}

bool SetsTablespace(const AlterDatabaseStmt* alter) {
  for (const Node* node : Each(alter->n_options, alter->options)) {
    const DefElem* option = As<DefElem>(node);
    if (option != nullptr && std::string_view(option->defname) == "tablespace") return true;
  }
  return false;
}

}  // namespace

std::string OutsideTransactionName(const Node* statement) {
  if (const auto* index = As<IndexStmt>(statement)) {
    return index->concurrent ? "CREATE INDEX CONCURRENTLY" : "";
  }
  if (const auto* drop = As<DropStmt>(statement))
    return drop->concurrent ? "DROP INDEX CONCURRENTLY" : "";
  if (const auto* reindex = As<ReindexStmt>(statement)) return ReindexName(reindex);
  if (const auto* vacuum = As<VacuumStmt>(statement)) return vacuum->is_vacuumcmd ? "VACUUM" : "";
  if (const auto* cluster = As<ClusterStmt>(statement))
    return cluster->relation == nullptr ? "CLUSTER" : "";
  if (As<CreatedbStmt>(statement) != nullptr) return "CREATE DATABASE";
  if (As<DropdbStmt>(statement) != nullptr) return "DROP DATABASE";
  if (const auto* alter = As<AlterDatabaseStmt>(statement)) {
    return SetsTablespace(alter) ? "ALTER DATABASE SET TABLESPACE" : "";
  }
  if (As<CreateTableSpaceStmt>(statement) != nullptr) return "CREATE TABLESPACE";
  if (As<DropTableSpaceStmt>(statement) != nullptr) return "DROP TABLESPACE";
  if (As<AlterSystemStmt>(statement) != nullptr) return "ALTER SYSTEM";
  if (const auto* alter = As<AlterTableStmt>(statement)) {
    return DetachesConcurrently(alter) ? "ALTER TABLE ... DETACH CONCURRENTLY" : "";
  }
  if (const auto* create = As<CreateSubscriptionStmt>(statement)) {
    return CreatesSlot(create) ? "CREATE SUBSCRIPTION ... WITH (create_slot = true)" : "";
  }
  if (const auto* alter = As<AlterSubscriptionStmt>(statement)) return SubscriptionName(alter);
  if (const auto* discard = As<DiscardStmt>(statement)) {
    return discard->target == PG_QUERY__DISCARD_MODE__DISCARD_ALL ? "DISCARD ALL" : "";
  }
  return "";
}

}  // namespace strata::sql
