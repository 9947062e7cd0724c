// Indexes that stand on their own.
#include <algorithm>

#include "catalog/quote.h"
#include "diff/differ.h"

namespace strata::diff {

using catalog::QuoteIdentifier;
using catalog::Relation;
using catalog::RelationKind;

namespace {

bool IsIndex(const Relation* r) {
  return r != nullptr &&
         (r->kind == RelationKind::kIndex || r->kind == RelationKind::kPartitionedIndex);
}

Op New(const Catalog& c, const Relation& index, int step) {
  Op op;
  const Relation* table = c.relation(index.index->table);
  op.unit = table == nullptr ? "" : table->name;
  if (table != nullptr && table->kind == RelationKind::kMaterializedView) op.group = Group::kView;
  op.step = step;
  op.name = index.name;
  return op;
}

void Drop(Differ& d, const Relation& index) {
  const ObjectRef self{ObjectClass::kRelation, index.oid};
  Op op = New(d.a, index, 1);
  const std::string name = catalog::SqlRelation(d.a, index.oid);
  op.sql = {"DROP INDEX " + name};
  if (index.kind == RelationKind::kIndex) {
    op.online_stage = Stage::kConcurrent;
    op.online_sql = {"DROP INDEX CONCURRENTLY " + name};
  }
  op.ends = {self};
  op.breaks = true;
  if (d.InAfter(self).oid == 0) op.differences.push_back(d.Extra(self));
  d.Add(std::move(op));
}

std::string PassingName(const Relation& index) { return index.name + "_new"; }

// Whether the new form of an index can be built beside the old one, so that queries are never
// without: only the index itself is another, and nothing but queries uses it.
bool TakesOver(const Differ& d, const Relation& before, const Relation& after) {
  const auto plain = [](const Catalog& c, const Relation& r) {
    return r.kind == RelationKind::kIndex && !r.index->clustered && !r.index->replica_identity &&
           r.parents.empty() && c.DependentsOf({ObjectClass::kRelation, r.oid}).empty();
  };
  constexpr std::size_t kLongest = 59;  // with _new the 63 bytes of a name
  if (!plain(d.a, before) || !plain(d.b, after) || after.name != before.name ||
      before.schema != after.schema || after.name.size() > kLongest)
    return false;
  const catalog::Schema* schema = d.b.schema(after.schema);
  for (const Catalog* c : {&d.a, &d.b}) {
    if (schema == nullptr || c->FindRelation(schema->name, PassingName(after)) != nullptr)
      return false;
  }
  const auto* needs = d.a.dependencies().Find({ObjectClass::kRelation, before.oid});
  return needs == nullptr || std::none_of(needs->begin(), needs->end(), [&](const auto& need) {
           return d.IsGone(need.on) || d.IsDisturbed(need.on);
         });
}

// Null: it is made anew without the old one's help.
const Relation* TakenOver(const Differ& d, const Relation& index) {
  const ObjectRef old = d.InBefore({ObjectClass::kRelation, index.oid});
  const Relation* before = old.oid == 0 ? nullptr : d.a.relation(old.oid);
  return before != nullptr && d.IsGone(old) && IsIndex(before) && TakesOver(d, *before, index)
             ? before
             : nullptr;
}

void Warn(const Differ& d, const Relation& index, Op* op) {
  const std::string table = d.b.relation(index.index->table)->name;
  const catalog::Schema* schema = d.b.schema(index.schema);
  const Relation* was = schema == nullptr ? nullptr : d.a.FindRelation(schema->name, index.name);
  const bool asked = was != nullptr && was->index && was->index->unique;
  if (index.index->unique && !asked)
    op->notes.push_back("fails while two rows of " + table + " are the same to index " +
                        index.name);
  if (index.kind == RelationKind::kPartitionedIndex)
    op->notes.push_back("nobody can write to table " + table + " while the index is built");
}

void Create(Differ& d, const Relation& index) {
  const ObjectRef self{ObjectClass::kRelation, index.oid};
  const ObjectRef old = d.InBefore(self);
  const ObjectRef table{ObjectClass::kRelation, index.index->table};
  Op op = New(d.b, index, 7);
  op.sql = {catalog::CreateIndex(d.b, index)};
  op.starts = {self};
  if (!d.IsNew(table) && index.kind == RelationKind::kIndex) {
    op.online_stage = Stage::kConcurrent;
    op.online_sql = {catalog::CreateIndex(d.b, index, true)};
  }
  if (const Relation* before = TakenOver(d, index)) {
    const std::string name = catalog::SqlRelation(d.a, before->oid);
    Relation beside = index;
    beside.name = PassingName(index);
    const catalog::Schema& schema = *d.b.schema(index.schema);
    const bool in_public = schema.oid == catalog::kPublicSchema;
    op.sql.insert(op.sql.begin(), "DROP INDEX " + name);
    op.online_sql = {catalog::CreateIndex(d.b, beside, true), "DROP INDEX CONCURRENTLY " + name,
                     "ALTER INDEX " + (in_public ? "" : QuoteIdentifier(schema.name) + ".") +
                         QuoteIdentifier(beside.name) + " RENAME TO " +
                         QuoteIdentifier(index.name)};
    op.ends = {old};
    op.breaks = true;
  }
  if (old.oid == 0) {
    if (d.InBefore(table).oid != 0) op.differences.push_back(d.Missing(self));
  } else {
    const Relation& before = *d.a.relation(old.oid);
    const std::string was = catalog::CreateIndex(d.a, before);
    if (catalog::CreateIndex(d.exact_a, before) != catalog::CreateIndex(d.exact_b, index))
      op.differences.push_back(d.Changed(self, "is " + was + " instead of " + op.sql.back()));
  }
  if (!d.IsNew(table)) Warn(d, index, &op);
  d.Add(std::move(op));
}

// The index itself or the one of a constraint; null: it is of another kind, or gone.
const Relation* IndexOf(const Catalog& c, ObjectRef ref) {
  if (ref.cls == ObjectClass::kConstraint) {
    const catalog::Constraint* x = c.constraint(ref.oid);
    const bool own = x != nullptr && x->kind != catalog::ConstraintKind::kForeignKey;
    return own && x->index != 0 ? c.relation(x->index) : nullptr;
  }
  const Relation* r = ref.cls == ObjectClass::kRelation ? c.relation(ref.oid) : nullptr;
  return IsIndex(r) ? r : nullptr;
}

const Relation* ClusteredIndex(const Catalog& c, Oid table) {
  for (const Relation* index : c.IndexesOf(table)) {
    if (index->index->clustered) return index;
  }
  return nullptr;
}

void Mark(Differ& d, Oid table, ObjectRef needs, std::string clause, std::string detail) {
  Op op;
  op.unit = d.b.relation(table)->name;
  op.step = 8;
  op.table = catalog::SqlRelation(d.b, table);
  op.clause = std::move(clause);
  if (needs.oid != 0) op.needs = {needs};
  op.differences.push_back(d.Changed({ObjectClass::kRelation, table}, std::move(detail)));
  d.Add(std::move(op));
}

// Clustering and replica identity follow the index.
void Marks(Differ& d, ObjectRef self) {
  const Relation* index = IndexOf(d.b, self);
  if (index == nullptr) return;
  const ObjectRef old = d.InBefore(self);
  const Relation* was = old.oid == 0 || d.IsGone(old) ? nullptr : IndexOf(d.a, old);
  const std::string name = QuoteIdentifier(index->name);
  const std::string detail = "is not marked by index " + index->name;
  if (index->index->clustered && (was == nullptr || !was->index->clustered))
    Mark(d, index->index->table, self, "CLUSTER ON " + name, detail);
  if (index->index->replica_identity && (was == nullptr || !was->index->replica_identity))
    Mark(d, index->index->table, self, "REPLICA IDENTITY USING INDEX " + name, detail);
}

// Where no index stands in for the one that a kept table was clustered on.
void Unmark(Differ& d, ObjectRef table) {
  if (d.IsNew(table)) return;
  const Relation* was = ClusteredIndex(d.a, d.InBefore(table).oid);
  if (was == nullptr || ClusteredIndex(d.b, table.oid) != nullptr) return;
  const ObjectRef whole = WholeOf(d.a, {ObjectClass::kRelation, was->oid});
  if (!d.IsGone(whole))
    Mark(d, table.oid, {}, "SET WITHOUT CLUSTER", "is clustered on index " + was->name);
}

}  // namespace

void DiffIndexes(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.a.relation(ref.oid) : nullptr;
    if (!IsIndex(r) || !d.IsGone(ref) || d.IsCovered(ref)) continue;
    const ObjectRef now = d.InAfter(ref);
    const Relation* after = now.oid == 0 ? nullptr : d.b.relation(now.oid);
    if (after == nullptr || !IsIndex(after) || TakenOver(d, *after) == nullptr) Drop(d, *r);
  }
  for (const auto& [key, ref] : d.after_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.b.relation(ref.oid) : nullptr;
    if (IsIndex(r) && d.IsNew(ref)) Create(d, *r);
    if (r != nullptr && r->kind == RelationKind::kTable) Unmark(d, ref);
    Marks(d, ref);
  }
}

}  // namespace strata::diff
