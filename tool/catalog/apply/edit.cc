#include "catalog/apply/edit.h"

#include <algorithm>

namespace strata::catalog {

// --- names and links -----------------------------------------------------------------------------

void Editor::Name(ObjectClass cls, Oid parent, const std::string& name, Oid oid) {
  const NameKey key{cls, parent, name};
  const std::vector<Oid>* now = catalog_.names_.Find(key);
  std::vector<Oid> oids = now == nullptr ? std::vector<Oid>() : *now;
  oids.push_back(oid);
  catalog_.names_.Set(key, std::move(oids));
}

void Editor::Unname(ObjectClass cls, Oid parent, const std::string& name, Oid oid) {
  const NameKey key{cls, parent, name};
  const std::vector<Oid>* now = catalog_.names_.Find(key);
  if (now == nullptr) return;
  std::vector<Oid> oids = *now;
  std::erase(oids, oid);
  if (oids.empty()) {
    catalog_.names_.Erase(key);
  } else {
    catalog_.names_.Set(key, std::move(oids));
  }
}

void Editor::Link(LinkKind kind, Oid relation, Oid oid) {
  const LinkKey key{kind, relation};
  const std::vector<Oid>* now = catalog_.links_.Find(key);
  std::vector<Oid> oids = now == nullptr ? std::vector<Oid>() : *now;
  oids.push_back(oid);
  catalog_.links_.Set(key, std::move(oids));
}

void Editor::Unlink(LinkKind kind, Oid relation, Oid oid) {
  const LinkKey key{kind, relation};
  const std::vector<Oid>* now = catalog_.links_.Find(key);
  if (now == nullptr) return;
  std::vector<Oid> oids = *now;
  std::erase(oids, oid);
  if (oids.empty()) {
    catalog_.links_.Erase(key);
  } else {
    catalog_.links_.Set(key, std::move(oids));
  }
}

void Editor::EnterRelation(const Relation& r, bool enter) {
  auto link = [&](LinkKind kind, Oid to) {
    if (enter) {
      Link(kind, to, r.oid);
    } else {
      Unlink(kind, to, r.oid);
    }
  };
  if (r.index) link(LinkKind::kIndex, r.index->table);
  if (r.sequence && r.sequence->owned_by.oid != 0)
    link(LinkKind::kSequence, r.sequence->owned_by.oid);
  for (Oid parent : r.parents) link(LinkKind::kChild, parent);
}

namespace {

bool SameLinks(const Relation& a, const Relation& b) {
  const Oid a_table = a.index ? a.index->table : 0, b_table = b.index ? b.index->table : 0;
  const Oid a_owner = a.sequence ? a.sequence->owned_by.oid : 0;
  const Oid b_owner = b.sequence ? b.sequence->owned_by.oid : 0;
  return a_table == b_table && a_owner == b_owner && a.parents == b.parents;
}

// The name space of each kind of object: the number of what its name stands under.
Oid ParentOf(const Relation& r) { return r.schema; }
Oid ParentOf(const Type& t) { return t.schema; }
Oid ParentOf(const Function& f) { return f.schema; }
Oid ParentOf(const Operator& o) { return o.schema; }
Oid ParentOf(const OperatorClass& o) { return o.schema; }
Oid ParentOf(const Trigger& t) { return t.relation; }
Oid ParentOf(const Rule& r) { return r.relation; }
Oid ParentOf(const Policy& p) { return p.relation; }
Oid ParentOf(const Constraint& c) { return c.relation != 0 ? c.relation : c.domain; }
Oid ParentOf(const NamedObject& n) { return n.schema; }
template <typename T>
Oid ParentOf(const T&) {
  return 0;
}

template <typename T>
std::string NameOf(const T& object) {
  return object.name;
}
std::string NameOf(const Cast& cast) {
  return std::to_string(cast.source) + " " + std::to_string(cast.target);
}

}  // namespace

void Editor::EnterConstraint(const Constraint& c, bool enter) {
  const Relation* r = catalog_.relation(c.relation);
  const Type* domain = catalog_.type(c.domain);
  const Oid schema = r != nullptr ? r->schema : domain != nullptr ? domain->schema : 0;
  if (enter) {
    Name(ObjectClass::kConstraint, schema, c.name, c.oid);
    if (c.referenced != 0) Link(LinkKind::kReferencing, c.referenced, c.oid);
  } else {
    Unname(ObjectClass::kConstraint, schema, c.name, c.oid);
    if (c.referenced != 0) Unlink(LinkKind::kReferencing, c.referenced, c.oid);
  }
}

// --- objects -------------------------------------------------------------------------------------

template <typename T>
Oid Editor::Store(ObjectMap<T>* map, T object, ObjectClass cls, Oid parent) {
  if (object.oid == 0) object.oid = NewOid();
  const Oid oid = object.oid;
  const auto* found = map->Find(oid);
  const std::shared_ptr<const T> old = found == nullptr ? nullptr : *found;
  if (old != nullptr) replaced_.push_back(old);
  const bool same_name =
      old != nullptr && ParentOf(*old) == parent && NameOf(*old) == NameOf(object);
  if (!same_name) {
    if (old != nullptr) Unname(cls, ParentOf(*old), NameOf(*old), oid);
    Name(cls, parent, NameOf(object), oid);
  }
  map->Set(oid, std::make_shared<const T>(std::move(object)));
  return oid;
}

Oid Editor::Put(Schema o) {
  return Store(&catalog_.schemas_, std::move(o), ObjectClass::kSchema, 0);
}
Oid Editor::Put(Type o) {
  const Oid parent = o.schema;
  return Store(&catalog_.types_, std::move(o), ObjectClass::kType, parent);
}
Oid Editor::Put(Function o) {
  const Oid parent = o.schema;
  return Store(&catalog_.functions_, std::move(o), ObjectClass::kFunction, parent);
}
Oid Editor::Put(Operator o) {
  const Oid parent = o.schema;
  return Store(&catalog_.operators_, std::move(o), ObjectClass::kOperator, parent);
}
Oid Editor::Put(OperatorClass o) {
  const Oid parent = o.schema;
  return Store(&catalog_.operator_classes_, std::move(o), ObjectClass::kOperatorClass, parent);
}
Oid Editor::Put(Cast o) { return Store(&catalog_.casts_, std::move(o), ObjectClass::kCast, 0); }
Oid Editor::Put(Trigger o) {
  const Oid parent = o.relation;
  return Store(&catalog_.triggers_, std::move(o), ObjectClass::kTrigger, parent);
}
Oid Editor::Put(Rule o) {
  const Oid parent = o.relation;
  return Store(&catalog_.rules_, std::move(o), ObjectClass::kRule, parent);
}
Oid Editor::Put(Policy o) {
  const Oid parent = o.relation;
  return Store(&catalog_.policies_, std::move(o), ObjectClass::kPolicy, parent);
}
Oid Editor::Put(Extension o) {
  return Store(&catalog_.extensions_, std::move(o), ObjectClass::kExtension, 0);
}
Oid Editor::Put(Role o) { return Store(&catalog_.roles_, std::move(o), ObjectClass::kRole, 0); }
Oid Editor::Put(NamedObject o) {
  const Oid parent = o.schema;
  const ObjectClass cls = o.cls;
  return Store(&catalog_.named_, std::move(o), cls, parent);
}

Oid Editor::Put(Relation o) {
  if (o.oid == 0) o.oid = NewOid();
  const auto* found = catalog_.relations_.Find(o.oid);
  const std::shared_ptr<const Relation> old = found == nullptr ? nullptr : *found;
  const bool relink = old == nullptr || !SameLinks(*old, o);
  if (old != nullptr && relink) EnterRelation(*old, false);
  if (relink) EnterRelation(o, true);
  // A constraint's name is also taken in its table's schema.
  std::vector<Constraint> moved;
  if (old != nullptr && old->schema != o.schema) {
    for (const Constraint* c : catalog_.ConstraintsOf(o.oid)) moved.push_back(*c);
    for (const Constraint& c : moved) EnterConstraint(c, false);
  }
  const Oid parent = o.schema;
  const Oid oid = Store(&catalog_.relations_, std::move(o), ObjectClass::kRelation, parent);
  for (const Constraint& c : moved) EnterConstraint(c, true);
  return oid;
}

Oid Editor::Put(Constraint o) {
  if (o.oid == 0) o.oid = NewOid();
  if (const Constraint* old = catalog_.constraint(o.oid)) EnterConstraint(*old, false);
  EnterConstraint(o, true);
  const Oid parent = ParentOf(o);
  return Store(&catalog_.constraints_, std::move(o), ObjectClass::kConstraint, parent);
}

// --- taking away ---------------------------------------------------------------------------------

void Editor::EraseColumn(Oid relation, std::int16_t number) {
  ForgetNeeds({ObjectClass::kDefault, relation, number});
  ChangeRelation(relation, [&](Relation* r) {
    std::erase_if(r->columns, [&](const Column& c) { return c.number == number; });
  });
}

void Editor::EraseEntry(ObjectRef object) {
  auto erase = [&](auto* map) {
    const auto* found = map->Find(object.oid);
    if (found == nullptr) return;
    const auto old = *found;
    replaced_.push_back(old);
    Unname(object.cls, ParentOf(*old), NameOf(*old), object.oid);
    map->Erase(object.oid);
  };
  switch (object.cls) {
    case ObjectClass::kSchema:
      return erase(&catalog_.schemas_);
    case ObjectClass::kRelation:
      if (const auto* found = catalog_.relations_.Find(object.oid)) EnterRelation(**found, false);
      return erase(&catalog_.relations_);
    case ObjectClass::kType:
      return erase(&catalog_.types_);
    case ObjectClass::kFunction:
      return erase(&catalog_.functions_);
    case ObjectClass::kOperator:
      return erase(&catalog_.operators_);
    case ObjectClass::kOperatorClass:
      return erase(&catalog_.operator_classes_);
    case ObjectClass::kCast:
      return erase(&catalog_.casts_);
    case ObjectClass::kConstraint:
      if (const Constraint* c = catalog_.constraint(object.oid)) EnterConstraint(*c, false);
      return erase(&catalog_.constraints_);
    case ObjectClass::kTrigger:
      return erase(&catalog_.triggers_);
    case ObjectClass::kRule:
      return erase(&catalog_.rules_);
    case ObjectClass::kPolicy:
      return erase(&catalog_.policies_);
    case ObjectClass::kExtension:
      return erase(&catalog_.extensions_);
    case ObjectClass::kRole:
      return erase(&catalog_.roles_);
    default:
      return erase(&catalog_.named_);
  }
}

void Editor::Erase(ObjectRef object) {
  if (object.cls == ObjectClass::kDefault) {
    ForgetNeeds(object);
    ChangeColumn(object.oid, object.column, [](Column* c) {
      c->default_value = nullptr;
      c->generated = 0;
    });
    return;
  }
  // Columns' comments, privileges and needs go with the whole.
  std::vector<ObjectRef> parts = {object};
  if (object.cls == ObjectClass::kRelation && object.column == 0) {
    if (const auto* found = catalog_.relations_.Find(object.oid)) {
      for (const Column& c : (*found)->columns) {
        parts.push_back({ObjectClass::kRelation, object.oid, c.number});
        parts.push_back({ObjectClass::kDefault, object.oid, c.number});
      }
    }
  }
  for (const ObjectRef& part : parts) {
    ForgetNeeds(part);
    catalog_.comments_.Erase(part);
    catalog_.privileges_.Erase(part);
  }
  if (object.cls == ObjectClass::kRelation && object.column != 0) {
    EraseColumn(object.oid, object.column);
  } else {
    EraseEntry(object);
  }
}

// --- dependencies, comments, privileges ----------------------------------------------------------

void Editor::Depend(ObjectRef object, ObjectRef on, DependencyKind kind) {
  if (on.oid == 0 || object == on) return;
  // What the server brings is pinned.
  if (on.oid < kFirstUserOid && on.oid != kPublicSchema && on.oid != kTemporarySchema) return;
  const std::vector<Dependency>* now = catalog_.dependencies_.Find(object);
  std::vector<Dependency> needs = now == nullptr ? std::vector<Dependency>() : *now;
  const Dependency added{on, kind};
  const auto at = std::lower_bound(needs.begin(), needs.end(), added);
  if (at != needs.end() && *at == added) return;
  needs.insert(at, added);
  catalog_.dependencies_.Set(object, std::move(needs));
  catalog_.dependents_.Set(DependentKey{on, object, kind}, true);
}

void Editor::Depend(ObjectRef object, const std::vector<ObjectRef>& on, Oid self,
                    DependencyKind self_kind) {
  for (const ObjectRef& ref : on) {
    const bool own = self != 0 && ref.cls == ObjectClass::kRelation && ref.oid == self;
    if (own && ref.column == 0) continue;  // the whole row
    Depend(object, ref, own ? self_kind : DependencyKind::kNormal);
  }
}

void Editor::ForgetNeeds(ObjectRef object) {
  const std::vector<Dependency>* now = catalog_.dependencies_.Find(object);
  if (now == nullptr) return;
  for (const Dependency& d : *now) catalog_.dependents_.Erase(DependentKey{d.on, object, d.kind});
  catalog_.dependencies_.Erase(object);
}

void Editor::ForgetNeed(ObjectRef object, ObjectRef on) {
  const std::vector<Dependency>* now = catalog_.dependencies_.Find(object);
  if (now == nullptr) return;
  std::vector<Dependency> kept;
  for (const Dependency& d : *now) {
    if (d.on == on) {
      catalog_.dependents_.Erase(DependentKey{d.on, object, d.kind});
    } else {
      kept.push_back(d);
    }
  }
  if (kept.empty()) {
    catalog_.dependencies_.Erase(object);
  } else {
    catalog_.dependencies_.Set(object, std::move(kept));
  }
}

void Editor::SetComment(ObjectRef object, const std::string& text) {
  if (text.empty()) {
    catalog_.comments_.Erase(object);
  } else {
    catalog_.comments_.Set(object, text);
  }
}

void Editor::SetPrivileges(ObjectRef object, std::vector<std::string> items, bool has_items) {
  if (!has_items) {
    catalog_.privileges_.Erase(object);
  } else {
    catalog_.privileges_.Set(object, std::move(items));
  }
}

// An empty database as CREATE DATABASE leaves it.
Catalog::Catalog() {
  Editor edit(this);
  edit.Put(Schema{kPublicSchema, "public", "pg_database_owner"});
  edit.SetComment({ObjectClass::kSchema, kPublicSchema}, "standard public schema");
  edit.Put(Extension{13000, "plpgsql", kPgCatalogSchema, "1.0"});
  edit.SetComment({ObjectClass::kExtension, 13000}, "PL/pgSQL procedural language");
  edit.Put(Role{10, "postgres", {{"superuser", "true"}}, {}});
}

}  // namespace strata::catalog
