// Indexes that stand on their own.
#include "catalog/quote.h"
#include "diff/differ.h"

namespace strata::diff {

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
  if (old.oid == 0) {
    if (d.InBefore(table).oid != 0) op.differences.push_back(d.Missing(self));
  } else {
    const Relation& before = *d.a.relation(old.oid);
    const std::string was = catalog::CreateIndex(d.a, before);
    if (catalog::CreateIndex(d.exact_a, before) != catalog::CreateIndex(d.exact_b, index))
      op.differences.push_back(d.Changed(self, "is " + was + " instead of " + op.sql[0]));
  }
  d.Add(std::move(op));
}

// Clustering and replica identity follow the index.
void Marks(Differ& d, const Relation& index) {
  const ObjectRef self{ObjectClass::kRelation, index.oid};
  const ObjectRef old = d.InBefore(self);
  const Relation* was = old.oid == 0 || d.IsGone(old) ? nullptr : d.a.relation(old.oid);
  auto mark = [&](bool before, bool after, const char* clause) {
    if (before || !after) return;
    Op op = New(d.b, index, 8);
    op.table = catalog::SqlRelation(d.b, index.index->table);
    op.clause = std::string(clause) + catalog::QuoteIdentifier(index.name);
    op.needs = {self};
    op.differences.push_back(d.Changed({ObjectClass::kRelation, index.index->table},
                                       "is not marked by index " + index.name));
    d.Add(std::move(op));
  };
  mark(was != nullptr && was->index->clustered, index.index->clustered, "CLUSTER ON ");
  mark(was != nullptr && was->index->replica_identity, index.index->replica_identity,
       "REPLICA IDENTITY USING INDEX ");
}

}  // namespace

void DiffIndexes(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.a.relation(ref.oid) : nullptr;
    if (IsIndex(r) && d.IsGone(ref) && !d.IsCovered(ref)) Drop(d, *r);
  }
  for (const auto& [key, ref] : d.after_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.b.relation(ref.oid) : nullptr;
    if (!IsIndex(r)) continue;
    if (d.IsNew(ref)) Create(d, *r);
    Marks(d, *r);
  }
}

}  // namespace strata::diff
