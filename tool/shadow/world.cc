#include "shadow/world.h"

namespace strata::shadow {

using catalog::Oid;
using catalog::Query;
using catalog::RangeEntry;
using catalog::Relation;
using catalog::RelationKind;

SqliteTable::~SqliteTable() { db->Execute("DROP TABLE IF EXISTS " + name); }

World::World() {
  native.next_value = [this](Oid sequence, std::int64_t* value) {
    return NextValue(sequence, value);
  };
  native.set_value = [this](Oid sequence, std::int64_t value, bool called) {
    state.sequences.Set(sequence, {value, called, true});
  };
  RegisterNative(db, &native);
}

bool World::IsKnown(Oid sequence) const {
  const SequenceState* found = state.sequences.Find(sequence);
  return found != nullptr ? found->known : sequence > state.sequences_unknown_to;
}

std::string World::Sequence(const Relation& sequence, Emitter* emitter) {
  if (!IsKnown(sequence.oid))
    return emitter->Fail("the position of \"" + sequence.name + "\" is not known");
  return std::to_string(sequence.oid);
}

std::string World::NextOfIdentity(const Relation& relation, std::int16_t column) const {
  const auto found = identities.find({catalog::ObjectClass::kRelation, relation.oid, column});
  if (found == identities.end() || !IsKnown(found->second)) return "";
  return "strata_nextval(" + std::to_string(found->second) + ")";
}

bool World::NextValue(Oid sequence, std::int64_t* value) {
  const Relation* relation = after->relation(sequence);
  if (relation == nullptr || !relation->sequence) return false;
  const catalog::SequenceDefinition& definition = *relation->sequence;
  const SequenceState* found = state.sequences.Find(sequence);
  SequenceState now = found != nullptr ? *found : SequenceState{definition.start, false, true};
  if (!IsKnown(sequence)) return false;
  if (now.called) now.last += definition.increment;
  if (now.last > definition.maximum || now.last < definition.minimum) return false;
  now.called = true;
  *value = now.last;
  state.sequences.Set(sequence, now);
  return true;
}

const TableState* World::Find(Oid relation) const {
  const auto* found = state.tables.Find(relation);
  return found == nullptr ? nullptr : found->get();
}

Contents World::ContentsOf(Oid relation) const {
  if (relation < catalog::kFirstUserOid) return Contents::kUnknown;
  const TableState* found = Find(relation);
  if (found != nullptr) return found->complete ? found->contents : Contents::kUnknown;
  return relation <= state.unknown_to ? Contents::kUnknown : Contents::kEmpty;
}

bool World::IsEmptyRelation(const Relation& relation, int depth) const {
  if (relation.kind == RelationKind::kView)
    return relation.query != nullptr && IsEmpty(*relation.query, depth + 1);
  const bool stored = StoresRows(relation) || relation.kind == RelationKind::kPartitionedTable;
  if (!stored || ContentsOf(relation.oid) != Contents::kEmpty) return false;
  for (const Oid child : after->ChildrenOf(relation.oid)) {
    const Relation* table = after->relation(child);
    if (depth > 20 || table == nullptr || !IsEmptyRelation(*table, depth + 1)) return false;
  }
  return true;
}

namespace {

bool IsEmptyItem(const World& world, const Query& query, const catalog::FromItem& item, int depth);

bool IsEmptyRange(const World& world, const RangeEntry& entry, int depth) {
  if (entry.kind == RangeEntry::Kind::kRelation) {
    const Relation* relation = world.after->relation(entry.relation);
    return relation != nullptr && world.IsEmptyRelation(*relation, depth + 1);
  }
  const bool query =
      entry.kind == RangeEntry::Kind::kSubquery || entry.kind == RangeEntry::Kind::kCte;
  return query && entry.query != nullptr && world.IsEmpty(*entry.query, depth + 1);
}

bool IsEmptyItem(const World& world, const Query& query, const catalog::FromItem& item, int depth) {
  if (item.range >= 0)
    return IsEmptyRange(world, query.ranges[static_cast<std::size_t>(item.range)], depth);
  const bool left = item.left != nullptr && IsEmptyItem(world, query, *item.left, depth);
  const bool right = item.right != nullptr && IsEmptyItem(world, query, *item.right, depth);
  if (item.join == "left") return left;
  if (item.join == "right") return right;
  return item.join == "full" ? left && right : left || right;
}

}  // namespace

bool World::IsEmpty(const Query& query, int depth) const {
  if (depth > 20) return false;
  for (const Query::Cte& cte : query.ctes) {
    const Query::Kind kind = cte.query == nullptr ? Query::Kind::kOpaque : cte.query->kind;
    if (cte.recursive || kind == Query::Kind::kOpaque) return false;
  }
  switch (query.kind) {
    case Query::Kind::kSelect: {
      if (query.has_aggregates && query.group.empty()) return false;
      for (const auto& item : query.from) {
        if (item != nullptr && IsEmptyItem(*this, query, *item, depth)) return true;
      }
      return false;
    }
    case Query::Kind::kSetOperation: {
      if (query.left == nullptr || query.right == nullptr) return false;
      const bool left = IsEmpty(*query.left, depth + 1);
      if (query.set_operation.substr(0, 6) == "except") return left;
      const bool right = IsEmpty(*query.right, depth + 1);
      return query.set_operation.substr(0, 9) == "intersect" ? left || right : left && right;
    }
    default:
      return false;
  }
}

void World::Set(Oid relation, TableState table) {
  state.tables.Set(relation, std::make_shared<const TableState>(std::move(table)));
}

void World::MarkUnknown(Oid relation) {
  const TableState* found = Find(relation);
  const bool is_unknown =
      found != nullptr ? found->contents == Contents::kUnknown : relation <= state.unknown_to;
  if (relation < catalog::kFirstUserOid || is_unknown) return;
  Set(relation, {Contents::kUnknown, nullptr, {}, false, ""});
  const Relation* table = after->relation(relation);
  if (table == nullptr) return;
  MarkSequencesOf(*table);
  for (const Oid parent : table->parents) MarkUnknown(parent);
  if (table->kind != RelationKind::kPartitionedTable) return;
  for (const Oid child : after->ChildrenOf(relation)) MarkUnknown(child);
}

void World::MarkIncomplete(Oid relation) {
  const TableState* found = Find(relation);
  if (found == nullptr || found->contents != Contents::kRows) return MarkUnknown(relation);
  TableState incomplete = *found;
  incomplete.complete = false;
  Set(relation, std::move(incomplete));
  const Relation* table = after->relation(relation);
  if (table == nullptr) return;
  MarkSequencesOf(*table);
  for (const Oid parent : table->parents) MarkUnknown(parent);
}

void World::MarkSequencesOf(const Relation& relation) {
  for (const catalog::Column& column : relation.columns) {
    const auto identity =
        identities.find({catalog::ObjectClass::kRelation, relation.oid, column.number});
    if (identity != identities.end()) state.sequences.Set(identity->second, {0, false, false});
    const Relation* named = SequenceOfDefault(*after, column.default_value);
    if (named != nullptr) state.sequences.Set(named->oid, {0, false, false});
  }
}

void World::GiveUp(const Query& query) {
  const Relation* relation = after->relation(query.target);
  if (relation == nullptr) return;
  if (query.kind == Query::Kind::kInsert && query.on_conflict != "update")
    return MarkIncomplete(relation->oid);
  std::set<std::int16_t> columns;
  for (const catalog::TargetItem& item : query.targets) columns.insert(item.number);
  const bool update =
      query.kind == Query::Kind::kUpdate && columns.count(0) == 0 && StoresRows(*relation);
  const TableState* found = Find(relation->oid);
  if (!update || found == nullptr || found->table == nullptr) return MarkUnknown(relation->oid);
  for (const catalog::Column& column : relation->columns) {
    if (column.generated != 0) columns.insert(column.number);
  }
  for (const catalog::Constraint* key : after->ForeignKeysTo(relation->oid)) {
    if (key->on_update != 'a' && key->on_update != 'r') MarkUnknown(key->relation);
  }
  SetOpaque(*relation, columns);
}

void World::MarkAllUnknown() {
  state.tables = {};
  state.unknown_to = newest;
  MarkSequencesUnknown();
}

void World::MarkSequencesUnknown() {
  state.sequences = {};
  state.sequences_unknown_to = newest;
}

void World::Forget(Oid relation) { Set(relation, {Contents::kEmpty, nullptr, {}, true, ""}); }

bool World::IsShared(const SqliteTable& table) const {
  for (const auto& snapshot : snapshots) {
    const auto alive = snapshot.lock();
    if (alive != nullptr && table.born <= alive->serial) return true;
  }
  return false;
}

std::optional<SqliteError> World::Rebuild(const catalog::Catalog& catalog, const Relation& relation,
                                          const std::string& columns, const std::string& select,
                                          const std::set<std::int16_t>& opaque) {
  TableState fresh;
  fresh.contents = Contents::kRows;
  fresh.opaque = opaque;
  const TableState* found = Find(relation.oid);
  const std::shared_ptr<const TableState> old =
      found == nullptr ? nullptr : *state.tables.Find(relation.oid);
  native.error_rule.clear();
  native.error_message.clear();
  fresh.complete = old == nullptr ? ContentsOf(relation.oid) != Contents::kUnknown : old->complete;
  Set(relation.oid, fresh);  // Column() refuses what is opaque while the script is written
  const std::string name = "t" + std::to_string(relation.oid) + "_" + std::to_string(++serial);
  const std::string script = RowTableScript(*this, catalog, relation, name, &fresh.opaque);
  fresh.definition = DefinitionOf(*this, catalog, relation);
  fresh.table = std::make_shared<SqliteTable>(&db, name, serial);
  std::optional<SqliteError> error = db.Execute(script);
  if (!error && !select.empty())
    error = db.Execute("INSERT INTO " + name + "(" + columns + ") " + select);
  if (!error) {
    Set(relation.oid, std::move(fresh));
  } else if (old != nullptr) {
    state.tables.Set(relation.oid, old);
  } else {
    state.tables.Erase(relation.oid);
  }
  return error;
}

const TableState* World::Writable(const Relation& relation) {
  if (!StoresRows(relation)) return nullptr;
  const TableState* found = Find(relation.oid);
  if (found != nullptr && found->table != nullptr && !IsShared(*found->table)) return found;
  return Copy(relation, found == nullptr ? std::set<std::int16_t>() : found->opaque);
}

bool World::SetOpaque(const Relation& relation, const std::set<std::int16_t>& columns) {
  const TableState* found = Find(relation.oid);
  std::set<std::int16_t> opaque = found == nullptr ? std::set<std::int16_t>() : found->opaque;
  const std::size_t before_count = opaque.size();
  opaque.insert(columns.begin(), columns.end());
  return opaque.size() == before_count || Copy(relation, opaque) != nullptr;
}

const TableState* World::Copy(const Relation& relation, const std::set<std::int16_t>& opaque) {
  const auto* link = state.tables.Find(relation.oid);
  const std::shared_ptr<const TableState> old = link == nullptr ? nullptr : *link;
  std::string columns;
  for (const catalog::Column& column : relation.columns) {
    if (column.generated != 0 && opaque.count(column.number) == 0) continue;
    columns += (columns.empty() ? "" : ", ") + RowColumn(column.number);
  }
  const bool has_rows = old != nullptr && old->table != nullptr && !columns.empty();
  const std::string select =
      has_rows ? "SELECT " + columns + " FROM " + old->table->name + " ORDER BY rowid" : "";
  if (Rebuild(*after, relation, columns, select, opaque)) {
    MarkUnknown(relation.oid);
    return nullptr;
  }
  return Find(relation.oid);
}

std::string World::Table(const Relation& relation, Emitter* emitter) {
  if (relation.kind == RelationKind::kView && relation.query != nullptr) {
    std::string names;
    for (const catalog::Column& column : relation.columns) {
      names += (names.empty() ? "" : ", ") + QuoteName(column.name);
    }
    Emitter inner(emitter->catalog(), this, true);
    const std::string query = inner.WriteQuery(*relation.query);
    if (!inner.ok()) return emitter->Fail(inner.failure());
    return "(WITH strata_view(" + names + ") AS (" + query + ") SELECT * FROM strata_view)";
  }
  const bool parent = !after->ChildrenOf(relation.oid).empty();
  if (IsEmptyRelation(relation, 0)) {
    std::string columns;
    for (const catalog::Column& column : relation.columns) {
      columns += (columns.empty() ? "" : ", ") + ("NULL AS " + RowColumn(column.number));
    }
    return "(SELECT " + (columns.empty() ? "NULL" : columns) + " WHERE 0)";
  }
  const TableState* found = Find(relation.oid);
  if (parent || found == nullptr || found->table == nullptr || !found->complete) {
    return emitter->Fail("the rows of \"" + relation.name + "\" are not known");
  }
  return found->table->name;
}

std::string World::Column(const Relation& relation, std::int16_t number, Emitter* emitter) {
  if (relation.kind == RelationKind::kView) {
    const catalog::Column* column = relation.FindColumn(number);
    return column == nullptr ? emitter->Fail("a view's column is not known")
                             : QuoteName(column->name);
  }
  const TableState* found = Find(relation.oid);
  if (number <= 0 || (found != nullptr && found->opaque.count(number) > 0)) {
    return emitter->Fail("the values of a column of \"" + relation.name + "\" are not known");
  }
  return RowColumn(number);
}

std::string World::Returned(const Query& query) {
  const auto found = returned.find(&query);
  return found == returned.end() ? "" : found->second;
}

Outcome World::Violated(std::string rule, std::string message) {
  Outcome outcome;
  outcome.problems.push_back({std::move(rule), std::move(message), "", span});
  return outcome;
}

Outcome World::NotExecuted(std::string reason) { return {false, std::move(reason), {}}; }

}  // namespace strata::shadow
