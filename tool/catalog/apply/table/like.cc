#include "catalog/apply/table/like.h"

#include "catalog/analyze/moved.h"
#include "catalog/apply/names.h"
#include "catalog/apply/table/column.h"

namespace strata::catalog {
namespace {

// parsenodes.h, TableLikeOption
constexpr std::uint32_t kComments = 1, kCompression = 2, kConstraints = 4, kDefaults = 8,
                        kGenerated = 16, kIdentity = 32, kIndexes = 64, kStatistics = 128,
                        kStorage = 256;

std::int16_t Mapped(const LikeSource& like, std::int16_t number) {
  const auto found = like.numbers.find(number);
  return found == like.numbers.end() ? 0 : found->second;
}

void CopyComment(Context& context, const LikeSource& like, ObjectRef from, ObjectRef to) {
  if ((like.options & kComments) == 0) return;
  if (const std::string* text = context.catalog.comments().Find(from))
    context.edit.SetComment(to, std::string(*text));
}

}  // namespace

Column CopyColumn(const Column& from, std::uint32_t options) {
  Column column;
  column.name = from.name;
  column.type = from.type;
  column.collation = from.collation;
  column.not_null = from.not_null;
  if ((options & kIdentity) != 0) column.identity = from.identity;
  if ((options & kGenerated) != 0) column.generated = from.generated;
  if ((options & kStorage) != 0) column.storage = from.storage;
  if ((options & kCompression) != 0) column.compression = from.compression;
  return column;
}

void CopyDefaults(Context& context, const LikeSource& like, Oid table) {
  const Relation source = *context.catalog.relation(like.relation);
  for (const Column& from : source.columns) {
    const std::int16_t number = Mapped(like, from.number);
    if (number == 0) continue;
    CopyComment(context, like, {ObjectClass::kRelation, source.oid, from.number},
                {ObjectClass::kRelation, table, number});
    if (from.identity != 0 && (like.options & kIdentity) != 0) {
      const Column made = *context.catalog.relation(table)->FindColumn(number);
      const Oid sequence = MakeOwnedSequence(context, table, made, from.type.type, nullptr);
      context.edit.ChangeRelation(sequence, [](Relation* r) { r->sequence->identity = true; });
    }
    const bool wanted = (like.options & (from.generated != 0 ? kGenerated : kDefaults)) != 0;
    if (from.default_value == nullptr || !wanted) continue;
    const ExprPtr value = Moved(from.default_value, source, *context.catalog.relation(table));
    context.edit.ChangeColumn(table, number, [&](Column* c) { c->default_value = value; });
    const ObjectRef self{ObjectClass::kDefault, table, number};
    context.edit.Depend(self, {ObjectClass::kRelation, table, number}, DependencyKind::kAuto);
    context.edit.Depend(self, ReferencesOf(*value));
  }
}

void CopyChecks(Context& context, const LikeSource& like, Oid table) {
  if ((like.options & kConstraints) == 0) return;
  std::vector<Constraint> checks;
  for (const Constraint* c : context.catalog.ConstraintsOf(like.relation)) {
    if (c->kind == ConstraintKind::kCheck) checks.push_back(*c);
  }
  for (Constraint c : checks) {
    const ObjectRef from{ObjectClass::kConstraint, c.oid};
    c.oid = 0;
    c.relation = table;
    c.local = true;
    c.inherited = 0;
    for (std::int16_t& n : c.columns) n = Mapped(like, n);
    c.check =
        Moved(c.check, *context.catalog.relation(like.relation), *context.catalog.relation(table));
    const std::vector<std::int16_t> columns = c.columns;
    const ObjectRef self{ObjectClass::kConstraint, context.edit.Put(std::move(c))};
    context.edit.Depend(self, {ObjectClass::kRelation, table}, DependencyKind::kAuto);
    for (std::int16_t n : columns)
      context.edit.Depend(self, {ObjectClass::kRelation, table, n}, DependencyKind::kAuto);
    CopyComment(context, like, from, self);
  }
}

namespace {

void CopyIndex(Context& context, const LikeSource& like, const Relation& source, Oid table) {
  const Relation* target = context.catalog.relation(table);
  Relation copy = source;
  const Oid source_constraint = source.index->constraint;
  copy.oid = 0;
  copy.schema = target->schema;
  copy.parents.clear();
  copy.index->table = table;
  copy.index->constraint = 0;
  std::vector<std::string> names;
  const Relation& model = *context.catalog.relation(like.relation);
  copy.index->predicate = Moved(copy.index->predicate, model, *target);
  for (IndexKey& key : copy.index->keys) {
    key.column = Mapped(like, key.column);
    key.expression = Moved(key.expression, model, *target);
    const Column* c = target->FindColumn(key.column);
    names.push_back(c == nullptr ? "expr" : c->name);
  }
  for (std::int16_t& n : copy.index->included) {
    n = Mapped(like, n);
    if (const Column* c = target->FindColumn(n)) names.push_back(c->name);
  }
  const bool constraint = source_constraint != 0;
  copy.name =
      copy.index->primary
          ? ChooseRelationName(context.catalog, target->schema, target->name, "", "pkey", true)
          : ChooseRelationName(context.catalog, target->schema, target->name, JoinedColumns(names),
                               constraint ? "key" : "idx", constraint);
  const std::string name = copy.name;
  const std::vector<IndexKey> keys = copy.index->keys;
  const Oid index = context.edit.Put(std::move(copy));
  const ObjectRef self{ObjectClass::kRelation, index};
  CopyComment(context, like, {ObjectClass::kRelation, source.oid}, self);
  context.edit.Depend(self, {ObjectClass::kRelation, table}, DependencyKind::kAuto);
  if (!constraint) {
    for (const IndexKey& key : keys) {
      if (key.column != 0)
        context.edit.Depend(self, {ObjectClass::kRelation, table, key.column},
                            DependencyKind::kAuto);
    }
    return;
  }
  Constraint c = *context.catalog.constraint(source_constraint);
  c.oid = 0;
  c.name = name;
  c.relation = table;
  c.index = index;
  c.parent = 0;
  c.local = true;
  c.inherited = 0;
  for (std::int16_t& n : c.columns) n = Mapped(like, n);
  const std::vector<std::int16_t> columns = c.columns;
  const bool primary = c.kind == ConstraintKind::kPrimaryKey;
  const Oid oid = context.edit.Put(std::move(c));
  context.edit.ForgetNeeds(self);
  context.edit.Depend(self, {ObjectClass::kConstraint, oid}, DependencyKind::kInternal);
  context.edit.ChangeRelation(index, [&](Relation* r) { r->index->constraint = oid; });
  CopyComment(context, like, {ObjectClass::kConstraint, source_constraint},
              {ObjectClass::kConstraint, oid});
  for (std::int16_t n : columns) {
    context.edit.Depend({ObjectClass::kConstraint, oid}, {ObjectClass::kRelation, table, n},
                        DependencyKind::kAuto);
    if (primary)
      context.edit.ChangeColumn(table, n, [](Column* column) { column->not_null = true; });
  }
}

}  // namespace

void CopyTheRest(Context& context, const LikeSource& like, Oid table) {
  if ((like.options & kIndexes) != 0) {
    std::vector<Relation> indexes;
    for (const Relation* index : context.catalog.IndexesOf(like.relation))
      indexes.push_back(*index);
    for (const Relation& index : indexes) CopyIndex(context, like, index, table);
  }
  if ((like.options & kStatistics) == 0) return;
  std::vector<NamedObject> statistics;
  for (const DependentKey& d :
       context.catalog.DependentsOf({ObjectClass::kRelation, like.relation})) {
    const NamedObject* s = d.dependent.cls == ObjectClass::kStatistics
                               ? context.catalog.named(d.dependent.oid)
                               : nullptr;
    if (s != nullptr && (statistics.empty() || statistics.back().oid != s->oid))
      statistics.push_back(*s);
  }
  for (NamedObject copy : statistics) {
    const Relation &from = *context.catalog.relation(like.relation),
                   &to = *context.catalog.relation(table);
    std::vector<std::string> names;
    for (std::int16_t& n : copy.columns) {
      names.push_back(from.FindColumn(n)->name);
      if (const Column* column = to.FindColumn(names.back())) n = column->number;
    }
    for (ExprPtr& e : copy.expressions) {
      names.emplace_back("expr");
      e = Moved(e, from, to);
    }
    copy.oid = 0;
    copy.relation = table;
    copy.schema = to.schema;
    copy.name = ChooseRelationName(context.catalog, to.schema, to.name, JoinedColumns(names),
                                   "stat", false);
    const ObjectRef self{ObjectClass::kStatistics, context.edit.Put(std::move(copy))};
    context.edit.Depend(self, {ObjectClass::kRelation, table}, DependencyKind::kAuto);
  }
}

}  // namespace strata::catalog
