// Schemas, extensions, and the objects of which the catalog keeps a definition alone.
#include "catalog/quote.h"
#include "diff/differ.h"

namespace strata::diff {

using catalog::NamedObject;

namespace {

void Drop(Differ& d, ObjectRef ref, Group group, const std::string& unit, std::string sql) {
  Op op;
  op.group = group;
  op.unit = unit;
  op.sql = {std::move(sql)};
  op.ends = {ref};
  op.breaks = true;
  if (d.InAfter(ref).oid == 0) op.differences.push_back(d.Extra(ref));
  d.Add(std::move(op));
}

void Create(Differ& d, ObjectRef ref, Group group, const std::string& unit, std::string sql) {
  Op op;
  op.group = group;
  op.unit = unit;
  if (!sql.empty()) op.sql = {std::move(sql)};
  op.starts = {ref};
  op.differences.push_back(d.InBefore(ref).oid == 0 ? d.Missing(ref)
                                                    : d.Changed(ref, "is defined otherwise"));
  d.Add(std::move(op));
}

bool IsNamed(ObjectRef ref) { return ref.cls > ObjectClass::kRole; }

// Where among the others it is made.
Group GroupOf(ObjectRef ref) {
  switch (ref.cls) {
    case ObjectClass::kCollation:
    case ObjectClass::kTextSearchConfig:
    case ObjectClass::kTextSearchDictionary:
    case ObjectClass::kTextSearchParser:
    case ObjectClass::kTextSearchTemplate:
    case ObjectClass::kForeignDataWrapper:
    case ObjectClass::kForeignServer:
    case ObjectClass::kUserMapping:
    case ObjectClass::kAccessMethod:
      return Group::kType;
    case ObjectClass::kCast:
    case ObjectClass::kOperator:
    case ObjectClass::kOperatorClass:
    case ObjectClass::kOperatorFamily:
      return Group::kFunction;
    default:
      return Group::kAttached;
  }
}

// A configuration made, or altered where it is there.
void Define(Differ& d, ObjectRef ref) {
  const NamedObject& object = *d.b.named(ref.oid);
  const bool is_new = d.IsNew(ref);
  Op op;
  op.group = Group::kType;
  op.unit = object.name;
  op.sql =
      is_new ? catalog::CreateTextSearchConfiguration(d.b, object)
             : catalog::AlterTextSearchConfiguration(d.b, *d.a.named(d.InBefore(ref).oid), object);
  if (op.sql.empty()) return;
  if (!is_new) op.ends = {d.InBefore(ref)};
  op.starts = {ref};
  op.differences.push_back(d.InBefore(ref).oid == 0 ? d.Missing(ref)
                                                    : d.Changed(ref, "is defined otherwise"));
  d.Add(std::move(op));
}

std::vector<std::string> Alterations(const Differ& d, ObjectRef before, ObjectRef after) {
  const NamedObject* from = d.a.named(before.oid);
  const NamedObject* to = d.b.named(after.oid);
  return from == nullptr || to == nullptr ? std::vector<std::string>()
                                          : catalog::AlterNamed(d.a, *from, d.b, *to);
}

void Alter(Differ& d, ObjectRef ref, const std::string& unit) {
  Op op;
  op.group = GroupOf(ref);
  op.unit = unit;
  op.sql = Alterations(d, d.InBefore(ref), ref);
  if (op.sql.empty()) return;
  op.needs = {ref};
  op.differences.push_back(d.Changed(ref, "is defined otherwise"));
  d.Add(std::move(op));
}

std::string Text(const Catalog& c, ObjectRef ref) {
  if (ref.cls == ObjectClass::kOperator) return CreateOperator(c, *c.operator_(ref.oid));
  if (ref.cls == ObjectClass::kOperatorClass)
    return CreateOperatorClass(c, *c.operator_class(ref.oid));
  if (ref.cls == ObjectClass::kCast) return CreateCast(c, **c.casts().Find(ref.oid));
  return CreateNamed(c, *c.named(ref.oid));
}

}  // namespace

void DiffSchemas(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    if (ref.cls == ObjectClass::kSchema && d.IsGone(ref)) {
      Drop(d, ref, Group::kDropSchema, d.a.schema(ref.oid)->name,
           "DROP " + catalog::SqlObject(d.a, ref));
    }
  }
  for (const auto& [key, ref] : d.after_items()) {
    if (ref.cls == ObjectClass::kSchema && d.IsNew(ref)) {
      Create(d, ref, Group::kSchema, d.b.schema(ref.oid)->name,
             catalog::CreateSchema(*d.b.schema(ref.oid)));
    }
  }
}

void DiffExtensions(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    if (ref.cls == ObjectClass::kExtension && d.IsGone(ref)) {
      Drop(d, ref, Group::kDropExtension, d.a.extension(ref.oid)->name,
           "DROP " + catalog::SqlObject(d.a, ref));
    }
  }
  for (const auto& [key, ref] : d.after_items()) {
    if (ref.cls == ObjectClass::kExtension && d.IsNew(ref)) {
      Create(d, ref, Group::kExtension, d.b.extension(ref.oid)->name,
             catalog::CreateExtension(d.b, *d.b.extension(ref.oid)));
    }
  }
}

void DiffNamed(Differ& d) {
  for (const auto& [key, ref] : d.before_items()) {
    if (!IsNamed(ref) || !d.IsGone(ref) || d.IsCovered(ref)) continue;
    const std::string name = catalog::SqlObject(d.a, ref);
    if (name.empty()) continue;
    Drop(d, ref, Group::kDropAttached, key, "DROP " + name);
  }
  for (const auto& [key, ref] : d.after_items()) {
    if (ref.cls == ObjectClass::kTextSearchConfig && !d.IsNew(ref)) Define(d, ref);
    if (IsNamed(ref) && !d.IsNew(ref)) Alter(d, ref, key);
    if (!IsNamed(ref) || !d.IsNew(ref)) continue;
    const std::string sql = Text(d.b, ref);
    // Without SQL the step does nothing, so that the plan is refused with the object's name.
    if (ref.cls == ObjectClass::kTextSearchConfig) {
      Define(d, ref);
    } else {
      Create(d, ref, GroupOf(ref), key, sql);
    }
  }
}

bool MustReplace(const Differ& d, ObjectRef before, ObjectRef after) {
  using catalog::RelationKind;
  switch (before.cls) {
    case ObjectClass::kSchema:
    case ObjectClass::kExtension:
      return false;
    case ObjectClass::kRelation: {
      const catalog::Relation& x = *d.a.relation(before.oid);
      const catalog::Relation& y = *d.b.relation(after.oid);
      if (x.kind != y.kind) return true;
      if (x.sequence) return x.sequence->identity != y.sequence->identity;
      if (x.index) return catalog::CreateIndex(d.exact_a, x) != catalog::CreateIndex(d.exact_b, y);
      if (x.query != nullptr) {
        return !CanReplaceView(d, x, y) &&
               catalog::CreateView(d.exact_a, x) != catalog::CreateView(d.exact_b, y);
      }
      return catalog::PartitionBy(d.exact_a, x) != catalog::PartitionBy(d.exact_b, y);
    }
    case ObjectClass::kType: {
      const catalog::Type& x = *d.a.type(before.oid);
      const catalog::Type& y = *d.b.type(after.oid);
      if (x.kind != y.kind) return true;
      if (x.kind == catalog::TypeKind::kEnum)
        return !OnlyAddsLabels(x, y) || (d.replace_enums && x.labels.size() != y.labels.size());
      if (x.kind == catalog::TypeKind::kComposite) return false;
      if (x.kind == catalog::TypeKind::kDomain)
        return catalog::SqlType(d.a, x.base) != catalog::SqlType(d.b, y.base);
      return catalog::CreateType(d.exact_a, x) != catalog::CreateType(d.exact_b, y);
    }
    case ObjectClass::kFunction: {
      const catalog::Function& x = *d.a.function(before.oid);
      const catalog::Function& y = *d.b.function(after.oid);
      return !CanReplaceFunction(d, x, y) &&
             CreateFunction(d.exact_a, x) != CreateFunction(d.exact_b, y);
    }
    case ObjectClass::kConstraint: {
      const catalog::Constraint& x = *d.a.constraint(before.oid);
      catalog::Constraint y = *d.b.constraint(after.oid);
      if (x.relation == 0)
        return catalog::DomainConstraint(d.exact_a, x) != catalog::DomainConstraint(d.exact_b, y);
      if (!x.validated && y.validated) y.validated = false;  // VALIDATE is enough
      return ConstraintBody(d.exact_a, x) != ConstraintBody(d.exact_b, y);
    }
    case ObjectClass::kTrigger:
      return CreateTrigger(d.exact_a, *d.a.trigger(before.oid)) !=
             CreateTrigger(d.exact_b, *d.b.trigger(after.oid));
    case ObjectClass::kRule:
      return MustReplaceRule(d, before, after);
    case ObjectClass::kPolicy:
      return CreatePolicy(d.exact_a, *d.a.policy(before.oid)) !=
             CreatePolicy(d.exact_b, *d.b.policy(after.oid));
    case ObjectClass::kUserMapping:  // its options hold passwords, and are each database's own
      return false;
    case ObjectClass::kTextSearchConfig:
      return d.a.named(before.oid)->definition != d.b.named(after.oid)->definition;
    default:
      return Text(d.exact_a, before) != Text(d.exact_b, after) &&
             Alterations(d, before, after).empty();
  }
}

}  // namespace strata::diff
