// Sequences: those on their own, and the options and owners of all.
#include <limits>

#include "catalog/quote.h"
#include "diff/differ.h"

namespace strata::diff {

using catalog::Column;
using catalog::Relation;
using catalog::SequenceDefinition;

namespace {

Op New(const Relation& sequence, Group group) {
  Op op;
  op.group = group;
  op.unit = sequence.name;
  return op;
}

std::string OwnerOf(const Catalog& c, const SequenceDefinition& d) {
  const Relation* r = d.owned_by.oid == 0 ? nullptr : c.relation(d.owned_by.oid);
  const Column* column = r == nullptr ? nullptr : r->FindColumn(d.owned_by.column);
  return column == nullptr
             ? "NONE"
             : catalog::SqlRelation(c, r->oid) + "." + catalog::QuoteIdentifier(column->name);
}

// A new sequence for a column of integers that is there already, and may hold values.
bool CountsOn(const Differ& d, const Relation& sequence) {
  const ObjectRef owner = sequence.sequence->owned_by;
  const Relation* table = owner.oid == 0 ? nullptr : d.b.relation(owner.oid);
  const catalog::Column* column = table == nullptr ? nullptr : table->FindColumn(owner.column);
  if (column == nullptr || d.IsNew(owner) || sequence.sequence->increment < 0) return false;
  const Oid type = column->type.type;
  const bool integer = type == 20 || type == 21 || type == 23;  // int8, int2, int4
  return integer && d.IsNew({ObjectClass::kRelation, sequence.oid});
}

void SetOwner(Differ& d, const Relation& sequence) {
  const SequenceDefinition& s = *sequence.sequence;
  Op op = New(sequence, Group::kTable);
  const Relation* table = d.b.relation(s.owned_by.oid);
  if (table != nullptr) op.unit = table->name;
  op.step = 6;
  op.name = sequence.name;
  op.sql = {"ALTER SEQUENCE " + catalog::SqlRelation(d.b, sequence.oid) + " OWNED BY " +
            OwnerOf(d.b, s)};
  if (CountsOn(d, sequence)) {
    const std::string column = catalog::QuoteIdentifier(table->FindColumn(s.owned_by.column)->name);
    op.sql.push_back("SELECT setval(" +
                     catalog::QuoteLiteral(catalog::SqlRelation(d.b, sequence.oid)) + ", max(" +
                     column + ")) FROM " + catalog::SqlRelation(d.b, table->oid));
  }
  op.needs = {{ObjectClass::kRelation, sequence.oid}};
  if (table != nullptr) op.needs.push_back(s.owned_by);
  if (!d.IsNew({ObjectClass::kRelation, sequence.oid})) {
    op.differences.push_back(
        d.Changed({ObjectClass::kRelation, sequence.oid}, "is owned by another column"));
  }
  d.Add(std::move(op));
}

// All options in full where any differs, since a default may differ as well.
std::string AllOptions(const SequenceDefinition& d) {
  return "START WITH " + std::to_string(d.start) + " INCREMENT BY " + std::to_string(d.increment) +
         " MINVALUE " + std::to_string(d.minimum) + " MAXVALUE " + std::to_string(d.maximum) +
         " CACHE " + std::to_string(d.cache) + (d.cycle ? " CYCLE" : " NO CYCLE");
}

std::int64_t MaximumOf(Oid type) {
  return type == 21   ? std::numeric_limits<std::int16_t>::max()
         : type == 23 ? std::numeric_limits<std::int32_t>::max()
                      : std::numeric_limits<std::int64_t>::max();
}

// As AS type makes it: the type's own maximum follows.
SequenceDefinition OfType(SequenceDefinition s, Oid type) {
  if (s.maximum == MaximumOf(s.type)) s.maximum = MaximumOf(type);
  s.type = type;
  return s;
}

// The sequence of an identity column takes on the type that the column is given.
bool FollowsColumn(const Differ& d, const Relation& before, const Relation& after) {
  const ObjectRef column = before.sequence->owned_by;
  return before.sequence->identity && after.sequence->identity && d.IsDisturbed(column) &&
         d.InAfter(column) == after.sequence->owned_by;
}

void Alter(Differ& d, const Relation& before, const Relation& after) {
  const SequenceDefinition& was = *before.sequence;
  const SequenceDefinition& is = *after.sequence;
  const ObjectRef self{ObjectClass::kRelation, after.oid};
  std::string clause;
  if (was.type != is.type && !FollowsColumn(d, before, after))
    clause += " AS " + catalog::SqlType(d.b, {is.type, -1});
  if (AllOptions(OfType(was, is.type)) != AllOptions(is)) clause += " " + AllOptions(is);
  const bool restarts = was.start < is.minimum || was.start > is.maximum;
  if (restarts) clause += " RESTART";
  if (!clause.empty()) {
    Op op = New(after, Group::kSequence);
    if (restarts)
      op.notes.push_back("sequence " + after.name + " starts again, at " +
                         std::to_string(is.start));
    op.sql = {"ALTER SEQUENCE " + catalog::SqlRelation(d.b, after.oid) + clause};
    op.differences.push_back(d.Changed(self, "counts otherwise"));
    op.starts = {self};
    if (FollowsColumn(d, before, after) && MaximumOf(was.type) < MaximumOf(is.type))
      op.needs = {is.owned_by};
    d.Add(std::move(op));
  }
  if (before.persistence != after.persistence && !is.identity) {
    Op op = New(after, Group::kSequence);
    op.sql = {"ALTER SEQUENCE " + catalog::SqlRelation(d.b, after.oid) +
              (after.persistence == 'u' ? " SET UNLOGGED" : " SET LOGGED")};
    op.differences.push_back(d.Changed(self, "is logged otherwise"));
    op.starts = {self};
    d.Add(std::move(op));
  }
  if (!is.identity && OwnerOf(d.a, was) != OwnerOf(d.b, is)) SetOwner(d, after);
}

}  // namespace

void DiffSequences(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.a.relation(ref.oid) : nullptr;
    if (r == nullptr || !r->sequence || !d.IsGone(ref) || d.IsCovered(ref)) continue;
    Op op = New(*r, Group::kDropSequence);
    op.sql = {"DROP SEQUENCE " + catalog::SqlRelation(d.a, r->oid)};
    op.ends = {ref};
    op.breaks = true;
    if (d.InAfter(ref).oid == 0) op.differences.push_back(d.Extra(ref));
    d.Add(std::move(op));
  }
  for (const auto& [key, ref] : d.after_items()) {
    const Relation* r = ref.cls == ObjectClass::kRelation ? d.b.relation(ref.oid) : nullptr;
    if (r == nullptr || !r->sequence) continue;
    if (!d.IsNew(ref)) {
      Alter(d, *d.a.relation(d.InBefore(ref).oid), *r);
      continue;
    }
    if (d.IsMade(ref)) continue;
    Op op = New(*r, Group::kSequence);
    op.sql = {catalog::CreateSequence(d.b, *r)};
    op.starts = {ref};
    const bool missing = d.InBefore(ref).oid == 0;
    if (missing) op.differences.push_back(d.Missing(ref));
    if (!missing && !CountsOn(d, *r))
      op.notes.push_back("sequence " + r->name + " is made anew and starts at its beginning");
    d.Add(std::move(op));
    if (r->sequence->owned_by.oid != 0) SetOwner(d, *r);
  }
}

}  // namespace strata::diff
