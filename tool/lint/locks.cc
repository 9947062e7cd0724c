#include "lint/locks.h"

#include <algorithm>
#include <array>

#include "catalog/expr.h"
#include "lint/lock_list.h"
#include "lint/match.h"
#include "sql/walk.h"

namespace strata::lint {
namespace {

using catalog::Relation;
using catalog::RelationKind;
using sql::Node;
using sql::RangeVar;

constexpr std::array<std::string_view, 9> kPgNames = {"",
                                                      "AccessShareLock",
                                                      "RowShareLock",
                                                      "RowExclusiveLock",
                                                      "ShareUpdateExclusiveLock",
                                                      "ShareLock",
                                                      "ShareRowExclusiveLock",
                                                      "ExclusiveLock",
                                                      "AccessExclusiveLock"};
constexpr std::array<std::string_view, 9> kSqlNames = {
    "",      "ACCESS SHARE",        "ROW SHARE", "ROW EXCLUSIVE",   "SHARE UPDATE EXCLUSIVE",
    "SHARE", "SHARE ROW EXCLUSIVE", "EXCLUSIVE", "ACCESS EXCLUSIVE"};

bool HoldsRows(RelationKind kind) {
  return kind == RelationKind::kTable || kind == RelationKind::kPartitionedTable ||
         kind == RelationKind::kMaterializedView || kind == RelationKind::kForeignTable;
}

void AddCreateTable(const sql::CreateStmt* create, LockList* locks) {
  const bool partition = create->partbound != nullptr;
  for (const Node* node : Each(create->n_inh_relations, create->inh_relations)) {
    const LockMode mode = partition ? LockMode::kAccessExclusive : LockMode::kShareUpdateExclusive;
    if (const auto* parent = As<RangeVar>(node)) locks->Add(parent, mode);
  }
}

void AddReferencedTables(const Node* tree, LockList* locks) {
  for (const NewConstraint& c : NewConstraints(tree)) {
    const bool foreign = c.constraint->contype == PG_QUERY__CONSTR_TYPE__CONSTR_FOREIGN;
    if (foreign && c.in_create) locks->Add(c.constraint->pktable, LockMode::kShareRowExclusive);
  }
}

// DROP TABLE takes its triggers off the tables it refers to as well.
void AddDroppedTable(const Relation* table, LockList* locks) {
  locks->Add(table, LockMode::kAccessExclusive);
  if (table == nullptr) return;
  for (const catalog::Constraint* constraint : locks->before().ConstraintsOf(table->oid)) {
    const bool foreign = constraint->kind == catalog::ConstraintKind::kForeignKey;
    if (foreign)
      locks->Add(locks->before().relation(constraint->referenced), LockMode::kAccessExclusive);
  }
  for (catalog::Oid parent : table->parents) {
    locks->Add(locks->before().relation(parent), LockMode::kAccessExclusive);
  }
}

void AddDrop(const sql::DropStmt* drop, LockList* locks) {
  const catalog::Catalog& before = locks->before();
  for (const DroppedObject& object : DroppedObjects(drop)) {
    switch (drop->remove_type) {
      case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
      case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
      case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
        AddDroppedTable(before.FindRelation(object.schema, object.name), locks);
        break;
      case PG_QUERY__OBJECT_TYPE__OBJECT_INDEX: {
        const Relation* index = before.FindRelation(object.schema, object.name);
        if (index == nullptr || !index->index) break;
        locks->Add(before.relation(index->index->table),
                   drop->concurrent ? LockMode::kShareUpdateExclusive : LockMode::kAccessExclusive);
        break;
      }
      case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
      case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
      case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
        locks->Add(before.FindRelation("", object.schema), LockMode::kAccessExclusive);
        break;
      default:
        break;
    }
  }
}

void AddIndex(const sql::IndexStmt* index, LockList* locks) {
  TableLock* lock = locks->AddWithChildren(
      locks->Find(index->relation),
      index->concurrent ? LockMode::kShareUpdateExclusive : LockMode::kShare);
  Grow(lock, TableWork::kScan, "an index is built over every row");
  if (lock != nullptr) lock->builds_index = true;
}

void AddReindex(const sql::ReindexStmt* reindex, LockList* locks) {
  const Relation* target = reindex->relation == nullptr ? nullptr : locks->Find(reindex->relation);
  if (target == nullptr) return;
  const bool concurrent =
      std::any_of(Each(reindex->n_params, reindex->params).begin(),
                  Each(reindex->n_params, reindex->params).end(), [](const Node* node) {
                    const auto* option = As<sql::DefElem>(node);
                    return option != nullptr && std::string_view(option->defname) == "concurrently";
                  });
  const Relation* table = target->index ? locks->before().relation(target->index->table) : target;
  TableLock* lock =
      locks->Add(table, concurrent ? LockMode::kShareUpdateExclusive : LockMode::kShare);
  Grow(lock, TableWork::kScan, "the index is built anew over every row");
  if (lock != nullptr) lock->builds_index = true;
}

void AddVacuum(const sql::VacuumStmt* vacuum, LockList* locks) {
  const bool full =
      std::any_of(Each(vacuum->n_options, vacuum->options).begin(),
                  Each(vacuum->n_options, vacuum->options).end(), [](const Node* node) {
                    const auto* option = As<sql::DefElem>(node);
                    return option != nullptr && std::string_view(option->defname) == "full";
                  });
  for (const Node* node : Each(vacuum->n_rels, vacuum->rels)) {
    const auto* target = As<sql::VacuumRelation>(node);
    if (target == nullptr || target->relation == nullptr) continue;
    TableLock* lock = locks->Add(
        target->relation, full ? LockMode::kAccessExclusive : LockMode::kShareUpdateExclusive);
    if (full) Grow(lock, TableWork::kRewrite, "the whole table is copied");
  }
}

void AddRename(const sql::RenameStmt* rename, LockList* locks) {
  switch (rename->rename_type) {
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_MATVIEW:
    case PG_QUERY__OBJECT_TYPE__OBJECT_FOREIGN_TABLE:
    case PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TABCONSTRAINT:
    case PG_QUERY__OBJECT_TYPE__OBJECT_TRIGGER:
    case PG_QUERY__OBJECT_TYPE__OBJECT_POLICY:
    case PG_QUERY__OBJECT_TYPE__OBJECT_RULE:
      if (rename->relation != nullptr) locks->Add(rename->relation, LockMode::kAccessExclusive);
      break;
    default:
      break;
  }
}

void AddComment(const sql::CommentStmt* comment, LockList* locks) {
  const auto* list = As<sql::List>(comment->object);
  if (list == nullptr) return;
  std::vector<std::string> names = Names(Each(list));
  if (comment->objtype == PG_QUERY__OBJECT_TYPE__OBJECT_COLUMN && names.size() > 1) {
    names.pop_back();
  } else if (comment->objtype != PG_QUERY__OBJECT_TYPE__OBJECT_TABLE) {
    return;
  }
  if (names.empty()) return;
  const std::string schema = names.size() > 1 ? names[names.size() - 2] : "";
  locks->Add(locks->before().FindRelation(schema, names.back()), LockMode::kShareUpdateExclusive);
}

// Whether a query reads every row of what it reads: nothing chooses among them.
bool ReadsAll(const Node* tree) {
  const auto* create = As<sql::CreateTableAsStmt>(tree);
  const auto* select = As<sql::SelectStmt>(create != nullptr ? create->query : tree);
  return select != nullptr && select->n_from_clause > 0 && select->where_clause == nullptr &&
         select->limit_count == nullptr && (create == nullptr || !create->into->skip_data);
}

// Tables that a query reads.
void AddReads(const Node* tree, LockList* locks) {
  const bool all = ReadsAll(tree);
  sql::Walk(tree, [&](const Node* node) {
    const auto* name = As<RangeVar>(node);
    if (name == nullptr) return true;
    TableLock* lock = locks->Add(name, LockMode::kAccessShare);
    if (all) Grow(lock, TableWork::kScan, "every row is read");
    return true;
  });
}

// Returns true where the statement writes rows.
bool AddData(const Node* tree, LockList* locks) {
  const RangeVar* target = nullptr;
  if (const auto* insert = As<sql::InsertStmt>(tree)) target = insert->relation;
  if (const auto* update = As<sql::UpdateStmt>(tree)) target = update->relation;
  if (const auto* remove = As<sql::DeleteStmt>(tree)) target = remove->relation;
  if (const auto* merge = As<sql::MergeStmt>(tree)) target = merge->relation;
  if (const auto* copy = As<sql::CopyStmt>(tree); copy != nullptr && copy->is_from)
    target = copy->relation;
  if (target != nullptr) locks->Add(target, LockMode::kRowExclusive);
  return target != nullptr;
}

void AddOther(const Node* tree, LockList* locks) {
  if (const auto* truncate = As<sql::TruncateStmt>(tree)) {
    for (const Node* node : Each(truncate->n_relations, truncate->relations)) {
      if (const auto* name = As<RangeVar>(node))
        locks->AddWithChildren(locks->Find(name), LockMode::kAccessExclusive);
    }
  } else if (const auto* cluster = As<sql::ClusterStmt>(tree)) {
    if (cluster->relation == nullptr) return;
    Grow(locks->Add(cluster->relation, LockMode::kAccessExclusive), TableWork::kRewrite,
         "the whole table is copied");
  } else if (const auto* refresh = As<sql::RefreshMatViewStmt>(tree)) {
    TableLock* lock = locks->Add(
        refresh->relation, refresh->concurrent ? LockMode::kExclusive : LockMode::kAccessExclusive);
    Grow(lock, TableWork::kRewrite, "its query is run");
    const Relation* view = locks->Find(refresh->relation);
    if (view == nullptr || view->query == nullptr) return;
    for (const catalog::RangeEntry& range : view->query->ranges) {
      locks->Add(locks->before().relation(range.relation), LockMode::kAccessShare);
    }
  } else if (const auto* trigger = As<sql::CreateTrigStmt>(tree)) {
    locks->Add(trigger->relation, LockMode::kShareRowExclusive);
    if (trigger->constrrel != nullptr) locks->Add(trigger->constrrel, LockMode::kAccessShare);
  } else if (const auto* create = As<sql::CreatePolicyStmt>(tree)) {
    locks->Add(create->table, LockMode::kAccessExclusive);
  } else if (const auto* alter = As<sql::AlterPolicyStmt>(tree)) {
    locks->Add(alter->table, LockMode::kAccessExclusive);
  } else if (const auto* rule = As<sql::RuleStmt>(tree)) {
    locks->Add(rule->relation, LockMode::kAccessExclusive);
  } else if (const auto* lock = As<sql::LockStmt>(tree)) {
    for (const Node* node : Each(lock->n_relations, lock->relations)) {
      if (const auto* name = As<RangeVar>(node))
        locks->Add(name, static_cast<LockMode>(lock->mode));
    }
  } else if (const auto* schema = As<sql::AlterObjectSchemaStmt>(tree)) {
    if (schema->relation != nullptr) locks->Add(schema->relation, LockMode::kAccessExclusive);
  } else if (const auto* statistics = As<sql::CreateStatsStmt>(tree)) {
    for (const Node* node : Each(statistics->n_relations, statistics->relations)) {
      if (const auto* name = As<RangeVar>(node)) locks->Add(name, LockMode::kShareUpdateExclusive);
    }
  } else if (!AddData(tree, locks)) {
    const bool reads = As<sql::SelectStmt>(tree) != nullptr || As<sql::ViewStmt>(tree) != nullptr ||
                       As<sql::CreateTableAsStmt>(tree) != nullptr;
    if (reads) AddReads(tree, locks);
  }
}

}  // namespace

std::string_view PgName(LockMode mode) { return kPgNames[static_cast<int>(mode)]; }
std::string_view SqlName(LockMode mode) { return kSqlNames[static_cast<int>(mode)]; }

std::string_view Blocks(LockMode mode) {
  if (mode == LockMode::kAccessExclusive) return "reads and writes";
  if (mode >= LockMode::kShare) return "writes";
  if (mode == LockMode::kShareUpdateExclusive) return "schema changes";
  return "nothing";
}

const Relation* LockList::Find(const RangeVar* name) const {
  return name == nullptr ? nullptr : before_.FindRelation(name->schemaname, name->relname);
}

TableLock* LockList::Add(const Relation* relation, LockMode mode) {
  if (relation == nullptr || relation->oid < catalog::kFirstUserOid || !HoldsRows(relation->kind))
    return nullptr;
  for (TableLock& lock : locks_) {
    if (lock.table != relation->oid) continue;
    lock.mode = std::max(lock.mode, mode);
    return &lock;
  }
  TableLock& lock = locks_.emplace_back();
  lock.table = relation->oid;
  lock.name = NameOf(before_, *relation);
  lock.mode = mode;
  return &lock;
}

TableLock* LockList::AddWithChildren(const Relation* relation, LockMode mode) {
  TableLock* lock = Add(relation, mode);
  if (relation == nullptr) return lock;
  for (catalog::Oid child : before_.ChildrenOf(relation->oid)) {
    const Relation* table = before_.relation(child);
    if (table != nullptr && HoldsRows(table->kind)) AddWithChildren(table, mode);
  }
  return lock;
}

void Grow(TableLock* lock, TableWork work, std::string_view why) {
  if (lock == nullptr) return;
  if (lock->grows.empty() || work > lock->work) lock->grows = std::string(why);
  lock->work = std::max(lock->work, work);
}

std::vector<TableLock> LocksOf(const Node* tree, const catalog::Catalog& before,
                               const catalog::Catalog& after) {
  LockList locks(before, after);
  if (const auto* alter = As<sql::AlterTableStmt>(tree)) {
    AddAlterTableLocks(alter, &locks);
  } else if (const auto* create = As<sql::CreateStmt>(tree)) {
    AddCreateTable(create, &locks);
    AddReferencedTables(tree, &locks);
  } else if (const auto* index = As<sql::IndexStmt>(tree)) {
    AddIndex(index, &locks);
  } else if (const auto* drop = As<sql::DropStmt>(tree)) {
    AddDrop(drop, &locks);
  } else if (const auto* reindex = As<sql::ReindexStmt>(tree)) {
    AddReindex(reindex, &locks);
  } else if (const auto* vacuum = As<sql::VacuumStmt>(tree)) {
    AddVacuum(vacuum, &locks);
  } else if (const auto* rename = As<sql::RenameStmt>(tree)) {
    AddRename(rename, &locks);
  } else if (const auto* comment = As<sql::CommentStmt>(tree)) {
    AddComment(comment, &locks);
  } else {
    AddOther(tree, &locks);
  }
  return locks.Take();
}

}  // namespace strata::lint
