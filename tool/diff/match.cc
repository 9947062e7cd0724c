#include <algorithm>

#include "catalog/print/define.h"
#include "catalog/print/words.h"
#include "diff/differ.h"

namespace strata::diff {

using catalog::Relation;
using catalog::RelationKind;
using catalog::TypeKind;

namespace {

constexpr Oid kFirstExtensionOid = Oid{1} << 31;

bool IsOwn(Oid oid) { return oid >= catalog::kFirstUserOid && oid < kFirstExtensionOid; }

std::string SchemaName(const Catalog& c, Oid schema) {
  const catalog::Schema* s = c.schema(schema);
  return s == nullptr ? "" : s->name;
}

std::string RelationKey(const Catalog& c, Oid oid) {
  const Relation* r = c.relation(oid);
  return r == nullptr ? "" : SchemaName(c, r->schema) + "." + r->name;
}

bool IsTemporary(const Catalog& c, Oid relation) {
  const Relation* r = c.relation(relation);
  return r == nullptr || r->persistence == 't';
}

class Lister {
 public:
  explicit Lister(const Catalog& c) : c_(c) {}

  std::vector<std::pair<std::string, ObjectRef>> List() {
    c_.schemas().ForEach([&](Oid oid, const auto& s) {
      if (IsOwn(oid) || s->oid == catalog::kPublicSchema)
        Add("schema " + s->name, ObjectClass::kSchema, oid);
    });
    Relations();
    Types();
    Functions();
    Attached();
    c_.extensions().ForEach([&](Oid oid, const auto& e) {
      if (e->name != "plpgsql") Add("extension " + e->name, ObjectClass::kExtension, oid);
    });
    c_.named_objects().ForEach([&](Oid oid, const auto& n) {
      if (!IsOwn(oid) || n->cls == ObjectClass::kDefaultPrivileges) return;
      if (IsMember({n->cls, oid}) || MadeByClass(*n)) return;
      const std::string cls = std::to_string(static_cast<int>(n->cls));
      Add("named " + cls + " " + SchemaName(c_, n->schema) + "." + n->name, n->cls, oid);
    });
    std::sort(items_.begin(), items_.end());
    return std::move(items_);
  }

 private:
  void Add(std::string key, ObjectClass cls, Oid oid) {
    items_.emplace_back(std::move(key), ObjectRef{cls, oid});
  }

  bool Needs(ObjectRef ref, catalog::DependencyKind kind) const {
    const auto* needs = c_.dependencies().Find(ref);
    return needs != nullptr &&
           std::any_of(needs->begin(), needs->end(), [&](const auto& d) { return d.kind == kind; });
  }

  // Named objects of extensions have numbers like the others.
  bool IsMember(ObjectRef ref) const { return Needs(ref, catalog::DependencyKind::kExtension); }

  // An operator class makes a family of its own name.
  bool MadeByClass(const catalog::NamedObject& family) const {
    if (family.cls != ObjectClass::kOperatorFamily) return false;
    const auto method = family.options.find("USING");
    return method != family.options.end() &&
           c_.FindOperatorClass(method->second, SchemaName(c_, family.schema), family.name) !=
               nullptr;
  }

  void Relations() {
    c_.relations().ForEach([&](Oid oid, const auto& r) {
      if (!IsOwn(oid) || r->persistence == 't' || r->kind == RelationKind::kCompositeType) return;
      const bool index =
          r->kind == RelationKind::kIndex || r->kind == RelationKind::kPartitionedIndex;
      if (index && (catalog::IsPartOfOther(c_, *r) || IsTemporary(c_, r->index->table))) return;
      Add("relation " + SchemaName(c_, r->schema) + "." + r->name, ObjectClass::kRelation, oid);
    });
  }

  void Types() {
    c_.types().ForEach([&](Oid oid, const auto& t) {
      if (!IsOwn(oid) || t->is_array || t->kind == TypeKind::kMultirange) return;
      if (t->relation != 0) {
        const Relation* r = c_.relation(t->relation);
        if (r == nullptr || r->kind != RelationKind::kCompositeType) return;
      }
      Add("type " + SchemaName(c_, t->schema) + "." + t->name, ObjectClass::kType, oid);
    });
  }

  void Functions() {
    c_.functions().ForEach([&](Oid oid, const auto& f) {
      if (!IsOwn(oid) || f->schema == catalog::kTemporarySchema) return;
      // A range type's constructors are parts of it.
      if (f->language == "internal" &&
          Needs({ObjectClass::kFunction, oid}, catalog::DependencyKind::kInternal))
        return;
      std::string key = "function " + SchemaName(c_, f->schema) + "." + f->name + "(";
      for (Oid input : f->inputs) key += catalog::SqlType(c_, {input, -1}) + ",";
      Add(key + ")", ObjectClass::kFunction, oid);
    });
    c_.operators().ForEach([&](Oid oid, const auto& o) {
      if (!IsOwn(oid) || IsMember({ObjectClass::kOperator, oid})) return;
      Add("operator " + SchemaName(c_, o->schema) + "." + o->name + "(" +
              catalog::SqlType(c_, {o->left, -1}) + "," + catalog::SqlType(c_, {o->right, -1}) +
              ")",
          ObjectClass::kOperator, oid);
    });
    c_.operator_classes().ForEach([&](Oid oid, const auto& o) {
      if (!IsOwn(oid) || IsMember({ObjectClass::kOperatorClass, oid})) return;
      Add("operator class " + o->method + " " + SchemaName(c_, o->schema) + "." + o->name,
          ObjectClass::kOperatorClass, oid);
    });
    c_.casts().ForEach([&](Oid oid, const auto& x) {
      if (!IsOwn(oid) || IsMember({ObjectClass::kCast, oid})) return;
      Add("cast " + catalog::SqlType(c_, {x->source, -1}) + " " +
              catalog::SqlType(c_, {x->target, -1}),
          ObjectClass::kCast, oid);
    });
  }

  void Attached() {
    c_.constraints().ForEach([&](Oid oid, const auto& x) {
      if (!IsOwn(oid) || catalog::IsInherited(*x) || x->kind == catalog::ConstraintKind::kTrigger)
        return;
      if (x->relation == 0) {
        Add("constraint of domain " + catalog::SqlType(c_, {x->domain, -1}) + "." + x->name,
            ObjectClass::kConstraint, oid);
      } else if (!IsTemporary(c_, x->relation)) {
        Add("constraint " + RelationKey(c_, x->relation) + "." + x->name, ObjectClass::kConstraint,
            oid);
      }
    });
    c_.triggers().ForEach([&](Oid oid, const auto& x) {
      if (!IsOwn(oid) || x->parent != 0 || IsTemporary(c_, x->relation)) return;
      Add("trigger " + RelationKey(c_, x->relation) + "." + x->name, ObjectClass::kTrigger, oid);
    });
    c_.rules().ForEach([&](Oid oid, const auto& x) {
      if (!IsOwn(oid) || IsTemporary(c_, x->relation)) return;
      Add("rule " + RelationKey(c_, x->relation) + "." + x->name, ObjectClass::kRule, oid);
    });
    c_.policies().ForEach([&](Oid oid, const auto& x) {
      if (!IsOwn(oid) || IsTemporary(c_, x->relation)) return;
      Add("policy " + RelationKey(c_, x->relation) + "." + x->name, ObjectClass::kPolicy, oid);
    });
  }

  const Catalog& c_;
  std::vector<std::pair<std::string, ObjectRef>> items_;
};

// A column of `from` in `to`, whose relation is known.
ObjectRef SameColumn(const Catalog& from, ObjectRef ref, const Catalog& to, ObjectRef whole) {
  const Relation* source = from.relation(ref.oid);
  const Relation* target = to.relation(whole.oid);
  const catalog::Column* column = source == nullptr ? nullptr : source->FindColumn(ref.column);
  const catalog::Column* found =
      column == nullptr || target == nullptr ? nullptr : target->FindColumn(column->name);
  return found == nullptr ? ObjectRef{ref.cls, 0} : ObjectRef{ref.cls, whole.oid, found->number};
}

using RefMap = std::unordered_map<ObjectRef, ObjectRef>;

// Relations that are matched as something else: a composite type as a type, whose attributes are
// the relation's columns, and a key's index as the constraint.
ObjectRef PartThrough(const RefMap& map, const Catalog& from, const Catalog& to, ObjectRef ref) {
  const Relation* r = from.relation(ref.oid);
  if (r == nullptr) return {ref.cls, 0};
  Oid found = 0;
  if (r->kind == RelationKind::kCompositeType) {
    const auto type = map.find({ObjectClass::kType, r->row_type});
    const catalog::Type* t = type == map.end() ? nullptr : to.type(type->second.oid);
    if (t != nullptr) found = t->relation;
  } else if (r->index && r->index->constraint != 0) {
    const auto key = map.find({ObjectClass::kConstraint, r->index->constraint});
    const catalog::Constraint* c = key == map.end() ? nullptr : to.constraint(key->second.oid);
    if (c != nullptr) found = c->index;
  }
  const ObjectRef whole{ref.cls, found};
  return found == 0 || ref.column == 0 ? whole : SameColumn(from, ref, to, whole);
}

ObjectRef Through(const RefMap& map, const Catalog& from, const Catalog& to, ObjectRef ref) {
  const bool of_relation = ref.cls == ObjectClass::kRelation || ref.cls == ObjectClass::kDefault;
  const auto found = map.find(of_relation ? ObjectRef{ObjectClass::kRelation, ref.oid} : ref);
  if (found == map.end()) {
    if (ref.oid < catalog::kFirstUserOid) return ref;
    return of_relation ? PartThrough(map, from, to, ref) : ObjectRef{ref.cls, 0};
  }
  if (ref.column == 0) return found->second;
  return SameColumn(from, ref, to, found->second);
}

Catalog Freshened(Catalog c) {
  c.session = catalog::Session();
  return c;
}

Catalog Exact(Catalog c) {
  c.session.exact_print = true;
  return c;
}

}  // namespace

std::vector<std::pair<std::string, ObjectRef>> Items(const Catalog& catalog) {
  return Lister(catalog).List();
}

bool OfExtension(ObjectRef object) { return object.oid >= kFirstExtensionOid; }

ObjectRef WholeOf(const Catalog& c, ObjectRef part) {
  if (part.cls == ObjectClass::kType) {
    const catalog::Type* t = c.type(part.oid);
    if (t == nullptr) return part;
    if (t->is_array) return WholeOf(c, {ObjectClass::kType, t->element});
    if (t->kind == TypeKind::kMultirange && t->range != 0) return {ObjectClass::kType, t->range};
    const Relation* r = t->relation == 0 ? nullptr : c.relation(t->relation);
    if (r != nullptr && r->kind != RelationKind::kCompositeType)
      return {ObjectClass::kRelation, r->oid};
  }
  if (part.cls == ObjectClass::kRelation) {
    const Relation* r = c.relation(part.oid);
    if (r == nullptr) return part;
    if (r->kind == RelationKind::kCompositeType) return {ObjectClass::kType, r->row_type};
    if (r->index && r->index->constraint != 0)
      return {ObjectClass::kConstraint, r->index->constraint};
  }
  return part;
}

Differ::Differ(Catalog before, Catalog after)
    : a(Freshened(std::move(before))),
      b(Freshened(std::move(after))),
      exact_a(Exact(a)),
      exact_b(Exact(b)) {}

void Differ::Match() {
  std::unordered_map<std::string, ObjectRef> by_key;
  before_items_ = Items(a);
  after_items_ = Items(b);
  for (const auto& [key, ref] : before_items_) by_key.emplace(key, ref);
  for (const auto& [key, ref] : after_items_) {
    const auto found = by_key.find(key);
    if (found == by_key.end()) continue;
    to_after_.emplace(found->second, ref);
    to_before_.emplace(ref, found->second);
  }
}

ObjectRef Differ::InBefore(ObjectRef ref) const { return Through(to_before_, b, a, ref); }
ObjectRef Differ::InAfter(ObjectRef ref) const { return Through(to_after_, a, b, ref); }

bool Differ::IsNew(ObjectRef ref) const {
  const ObjectRef old = InBefore(ref);
  if (old.oid == 0 || IsGone(old)) return true;
  return old.column != 0 && IsGone({ObjectClass::kRelation, old.oid});
}

namespace {

std::string Words(const Catalog& c, ObjectRef ref) {
  std::string text = catalog::SqlObject(c, ref);
  const std::string kind = catalog::SqlKind(c, ref);
  for (std::size_t i = 0; i < kind.size() && i < text.size(); ++i) {
    if (text[i] >= 'A' && text[i] <= 'Z') text[i] = static_cast<char>(text[i] - 'A' + 'a');
  }
  const std::size_t on = text.find(" ON ");
  if (on != std::string::npos) text.replace(on, 4, " on ");
  return text;
}

void AddName(const Catalog& c, Oid schema, const std::string& name,
             std::vector<std::string>* names) {
  names->push_back(name);
  names->push_back(SchemaName(c, schema) + "." + name);
}

void AddRelation(const Catalog& c, Oid oid, std::vector<std::string>* names) {
  if (const Relation* r = c.relation(oid)) AddName(c, r->schema, r->name, names);
}

std::vector<std::string> NamesOf(const Catalog& c, ObjectRef ref) {
  std::vector<std::string> names;
  auto part = [&](const auto* x) {
    if (x == nullptr) return;
    names.push_back(x->name);
    AddRelation(c, x->relation, &names);
  };
  switch (ref.cls) {
    case ObjectClass::kRelation: {
      const Relation* r = c.relation(ref.oid);
      if (r == nullptr) break;
      AddName(c, r->schema, r->name, &names);
      if (const catalog::Column* column = r->FindColumn(ref.column)) names.push_back(column->name);
      if (r->index) AddRelation(c, r->index->table, &names);
      break;
    }
    case ObjectClass::kConstraint:
      part(c.constraint(ref.oid));
      break;
    case ObjectClass::kTrigger:
      part(c.trigger(ref.oid));
      break;
    case ObjectClass::kRule:
      part(c.rule(ref.oid));
      break;
    case ObjectClass::kPolicy:
      part(c.policy(ref.oid));
      break;
    case ObjectClass::kType:
      if (const auto* t = c.type(ref.oid)) AddName(c, t->schema, t->name, &names);
      break;
    case ObjectClass::kFunction:
      if (const auto* f = c.function(ref.oid)) AddName(c, f->schema, f->name, &names);
      break;
    case ObjectClass::kSchema:
      if (const auto* s = c.schema(ref.oid)) names.push_back(s->name);
      break;
    default:
      if (const auto* n = c.named(ref.oid)) AddName(c, n->schema, n->name, &names);
      break;
  }
  return names;
}

}  // namespace

Difference Differ::Missing(ObjectRef ref) const {
  return {Difference::Kind::kMissing, Words(b, ref), "", NamesOf(b, ref)};
}
Difference Differ::Extra(ObjectRef ref) const {
  return {Difference::Kind::kExtra, Words(a, ref), "", NamesOf(a, ref)};
}
Difference Differ::Changed(ObjectRef ref, std::string detail) const {
  return {Difference::Kind::kChanged, Words(b, ref), std::move(detail), NamesOf(b, ref)};
}

std::vector<Op> OrderOps(const Catalog& a, const Catalog& b, std::vector<Op> ops);

void Differ::Look() {
  Match();
  FindGone();
}

std::vector<Op> Differ::Run() {
  Look();
  DiffSchemas(*this);
  DiffExtensions(*this);
  DiffTables(*this);
  DiffTypes(*this);
  DiffSequences(*this);
  DiffFunctions(*this);
  DiffIndexes(*this);
  DiffConstraints(*this);
  DiffViews(*this);
  DiffAttached(*this);
  DiffNamed(*this);
  DiffComments(*this);
  DiffPrivileges(*this);
  DiffDefaultPrivileges(*this);
  return OrderOps(a, b, std::move(ops_));
}

}  // namespace strata::diff
