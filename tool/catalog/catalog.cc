#include "catalog/catalog.h"

#include <algorithm>

#include "catalog/facts/facts.h"

namespace strata::catalog {

const Column* Relation::FindColumn(const std::string& column) const {
  for (const Column& c : columns) {
    if (c.name == column) return &c;
  }
  return nullptr;
}

const Column* Relation::FindColumn(std::int16_t wanted) const {
  for (const Column& c : columns) {
    if (c.number == wanted) return &c;
  }
  return nullptr;
}

namespace {

bool IsBuiltIn(Oid schema) {
  return schema < kFirstUserOid && schema != kPublicSchema && schema != kTemporarySchema &&
         schema != 0;
}

}  // namespace

// --- by number -----------------------------------------------------------------------------------

namespace {

const Schema& TemporarySchema() {
  static const Schema* const schema = new Schema{kTemporarySchema, "pg_temp", "postgres"};
  return *schema;
}

}  // namespace

const Schema* Catalog::schema(Oid oid) const {
  if (oid == kTemporarySchema) return &TemporarySchema();
  const Schema* own = In(schemas_, oid);
  return own != nullptr || oid == kPublicSchema ? own : facts::SchemaOf(oid);
}
const Relation* Catalog::relation(Oid oid) const {
  const Relation* own = In(relations_, oid);
  return own != nullptr ? own : facts::RelationOf(oid);
}
const Type* Catalog::type(Oid oid) const {
  const Type* built_in = oid < kFirstUserOid ? facts::TypeOf(oid) : nullptr;
  return built_in != nullptr ? built_in : In(types_, oid);
}
const Function* Catalog::function(Oid oid) const {
  const Function* own = In(functions_, oid);
  return own != nullptr ? own : facts::FunctionOf(oid);
}
const Operator* Catalog::operator_(Oid oid) const {
  const Operator* own = In(operators_, oid);
  return own != nullptr ? own : facts::OperatorOf(oid);
}
const OperatorClass* Catalog::operator_class(Oid oid) const {
  const OperatorClass* own = In(operator_classes_, oid);
  return own != nullptr ? own : facts::OperatorClassOf(oid);
}
const Constraint* Catalog::constraint(Oid oid) const { return In(constraints_, oid); }
const Trigger* Catalog::trigger(Oid oid) const { return In(triggers_, oid); }
const Rule* Catalog::rule(Oid oid) const { return In(rules_, oid); }
const Policy* Catalog::policy(Oid oid) const { return In(policies_, oid); }
const Extension* Catalog::extension(Oid oid) const { return In(extensions_, oid); }
const Role* Catalog::role(Oid oid) const { return In(roles_, oid); }
const NamedObject* Catalog::named(Oid oid) const {
  const NamedObject* own = In(named_, oid);
  return own != nullptr ? own : facts::NamedOf(oid);
}

// --- by name -------------------------------------------------------------------------------------

const std::vector<Oid>* Catalog::Names(ObjectClass cls, Oid parent, std::string_view name) const {
  return names_.FindBy(NameKey::View{cls, parent, name});
}

const Schema* Catalog::FindSchema(std::string_view name) const {
  if (name == "pg_temp") return &TemporarySchema();
  const auto* own = Names(ObjectClass::kSchema, 0, name);
  if (own != nullptr) return schema(own->front());
  return name == "public" ? nullptr : facts::SchemaNamed(name);
}

namespace {

// Calls f(schema) along the search path while it returns null; returns what it last returned.
template <typename F>
auto AlongPath(const Catalog& catalog, F&& f) -> decltype(f(Oid{})) {
  if (auto found = f(kTemporarySchema)) return found;
  const auto& names = catalog.session.search_path;
  if (std::find(names.begin(), names.end(), "pg_catalog") == names.end()) {
    if (auto found = f(kPgCatalogSchema)) return found;
  }
  for (const std::string& name : names) {
    const Schema* schema = catalog.FindSchema(name);
    if (schema == nullptr) continue;
    if (auto found = f(schema->oid)) return found;
  }
  return {};
}

}  // namespace

std::vector<Oid> Catalog::SearchPath() const {
  std::vector<Oid> path;
  AlongPath(*this, [&path](Oid oid) { return path.push_back(oid), false; });
  return path;
}

Oid Catalog::CreationSchema() const {
  for (const std::string& name : session.search_path) {
    const Schema* found = FindSchema(name);
    if (found != nullptr) return found->oid;
  }
  return 0;
}

const Relation* Catalog::FindRelation(std::string_view schema_name, std::string_view name) const {
  auto in_schema = [&](Oid oid) -> const Relation* {
    const auto* own = Names(ObjectClass::kRelation, oid, name);
    if (own != nullptr) return relation(own->front());
    return IsBuiltIn(oid) ? facts::RelationNamed(schema(oid)->name, name) : nullptr;
  };
  if (!schema_name.empty()) {
    const Schema* named_schema = FindSchema(schema_name);
    return named_schema == nullptr ? nullptr : in_schema(named_schema->oid);
  }
  return AlongPath(*this, in_schema);
}

const Type* Catalog::FindType(std::string_view schema_name, std::string_view name) const {
  auto in_schema = [&](Oid oid) -> const Type* {
    const auto* own = Names(ObjectClass::kType, oid, name);
    if (own != nullptr) return type(own->front());
    return IsBuiltIn(oid) ? facts::TypeNamed(oid, name) : nullptr;
  };
  if (!schema_name.empty()) {
    const Schema* named_schema = FindSchema(schema_name);
    return named_schema == nullptr ? nullptr : in_schema(named_schema->oid);
  }
  return AlongPath(*this, in_schema);
}

std::vector<const Function*> Catalog::FindFunctions(std::string_view schema_name,
                                                    std::string_view name) const {
  std::vector<const Function*> found;
  auto add = [&](Oid oid) {
    if (IsBuiltIn(oid)) {
      for (const Function* f : facts::FunctionsNamed(oid, name)) found.push_back(f);
    }
    const auto* own = Names(ObjectClass::kFunction, oid, name);
    if (own == nullptr) return;
    for (Oid f : *own) found.push_back(function(f));
  };
  if (!schema_name.empty()) {
    if (const Schema* named_schema = FindSchema(schema_name)) add(named_schema->oid);
    return found;
  }
  AlongPath(*this, [&](Oid oid) {
    if (oid != kTemporarySchema) add(oid);
    return false;
  });
  return found;
}

std::vector<const Operator*> Catalog::FindOperators(std::string_view schema_name,
                                                    std::string_view name) const {
  std::vector<const Operator*> found;
  auto add = [&](Oid oid) {
    if (oid == kPgCatalogSchema) {
      for (const Operator* o : facts::OperatorsNamed(name)) found.push_back(o);
    }
    const auto* own = Names(ObjectClass::kOperator, oid, name);
    if (own == nullptr) return;
    for (Oid o : *own) found.push_back(operator_(o));
  };
  if (!schema_name.empty()) {
    if (const Schema* named_schema = FindSchema(schema_name)) add(named_schema->oid);
    return found;
  }
  AlongPath(*this, [&](Oid oid) {
    if (oid != kTemporarySchema) add(oid);
    return false;
  });
  return found;
}

const Constraint* Catalog::FindConstraint(Oid relation_oid, std::string_view name) const {
  const auto* own = Names(ObjectClass::kConstraint, relation_oid, name);
  return own == nullptr ? nullptr : constraint(own->front());
}
const Trigger* Catalog::FindTrigger(Oid relation_oid, std::string_view name) const {
  const auto* own = Names(ObjectClass::kTrigger, relation_oid, name);
  return own == nullptr ? nullptr : trigger(own->front());
}
const Rule* Catalog::FindRule(Oid relation_oid, std::string_view name) const {
  const auto* own = Names(ObjectClass::kRule, relation_oid, name);
  return own == nullptr ? nullptr : rule(own->front());
}
const Policy* Catalog::FindPolicy(Oid relation_oid, std::string_view name) const {
  const auto* own = Names(ObjectClass::kPolicy, relation_oid, name);
  return own == nullptr ? nullptr : policy(own->front());
}
const Extension* Catalog::FindExtension(std::string_view name) const {
  const auto* own = Names(ObjectClass::kExtension, 0, name);
  return own == nullptr ? nullptr : extension(own->front());
}
const Role* Catalog::FindRole(std::string_view name) const {
  const auto* own = Names(ObjectClass::kRole, 0, name);
  return own == nullptr ? nullptr : role(own->front());
}

const NamedObject* Catalog::FindNamed(ObjectClass cls, std::string_view schema_name,
                                      std::string_view name) const {
  auto in_schema = [&](Oid oid) -> const NamedObject* {
    const auto* own = Names(cls, oid, name);
    if (own != nullptr) return named(own->front());
    return oid == kPgCatalogSchema || oid == 0 ? facts::NamedNamed(cls, name) : nullptr;
  };
  if (!schema_name.empty()) {
    const Schema* named_schema = FindSchema(schema_name);
    return named_schema == nullptr ? nullptr : in_schema(named_schema->oid);
  }
  if (const NamedObject* found = in_schema(0)) return found;
  return AlongPath(*this, in_schema);
}

const Cast* Catalog::FindCast(Oid source, Oid target) const {
  if (casts_.empty()) return facts::CastBetween(source, target);
  const std::string key = std::to_string(source) + " " + std::to_string(target);
  const auto* own = Names(ObjectClass::kCast, 0, key);
  return own != nullptr ? In(casts_, own->front()) : facts::CastBetween(source, target);
}

const OperatorClass* Catalog::FindOperatorClass(std::string_view method,
                                                std::string_view schema_name,
                                                std::string_view name) const {
  auto in_schema = [&](Oid oid) -> const OperatorClass* {
    if (const auto* own = Names(ObjectClass::kOperatorClass, oid, name)) {
      for (Oid candidate : *own) {
        const OperatorClass* found = operator_class(candidate);
        if (found->method == method) return found;
      }
    }
    return oid == kPgCatalogSchema ? facts::OperatorClassNamed(method, name) : nullptr;
  };
  if (!schema_name.empty()) {
    const Schema* named_schema = FindSchema(schema_name);
    return named_schema == nullptr ? nullptr : in_schema(named_schema->oid);
  }
  return AlongPath(*this, in_schema);
}

TypeRef Catalog::BaseType(TypeRef ref) const {
  for (const Type* t = type(ref.type); t != nullptr && t->kind == TypeKind::kDomain;
       t = type(ref.type)) {
    ref = t->base;
  }
  return ref;
}

std::vector<std::string> Catalog::NamesOf(ObjectClass cls, Oid schema_oid) const {
  std::vector<std::string> names;
  std::vector<Oid> parents = schema_oid != 0 ? std::vector<Oid>{schema_oid} : SearchPath();
  if (schema_oid == 0) parents.push_back(0);
  for (Oid parent : parents) {
    names_.ForEachFrom(NameKey{cls, parent, ""}, [&](const NameKey& key, const std::vector<Oid>&) {
      if (key.cls != cls || key.parent != parent) return false;
      names.push_back(key.name);
      return true;
    });
  }
  return names;
}

// --- around a relation ---------------------------------------------------------------------------

template <typename T, typename Get>
std::vector<const T*> Catalog::Under(ObjectClass cls, Oid parent, Get get) const {
  std::vector<const T*> found;
  names_.ForEachFrom(NameKey{cls, parent, ""},
                     [&](const NameKey& key, const std::vector<Oid>& oids) {
                       if (key.cls != cls || key.parent != parent) return false;
                       for (Oid oid : oids) found.push_back(get(oid));
                       return true;
                     });
  return found;
}

std::vector<const Constraint*> Catalog::ConstraintsOf(Oid oid) const {
  return Under<Constraint>(ObjectClass::kConstraint, oid, [&](Oid o) { return constraint(o); });
}
std::vector<const Trigger*> Catalog::TriggersOf(Oid oid) const {
  return Under<Trigger>(ObjectClass::kTrigger, oid, [&](Oid o) { return trigger(o); });
}
std::vector<const Policy*> Catalog::PoliciesOf(Oid oid) const {
  return Under<Policy>(ObjectClass::kPolicy, oid, [&](Oid o) { return policy(o); });
}
std::vector<const Rule*> Catalog::RulesOf(Oid oid) const {
  return Under<Rule>(ObjectClass::kRule, oid, [&](Oid o) { return rule(o); });
}

std::vector<const Relation*> Catalog::IndexesOf(Oid table) const {
  std::vector<const Relation*> found;
  if (const auto* oids = links_.Find({LinkKind::kIndex, table})) {
    for (Oid oid : *oids) found.push_back(relation(oid));
  }
  return found;
}

std::vector<const Constraint*> Catalog::ForeignKeysTo(Oid oid) const {
  std::vector<const Constraint*> found;
  if (const auto* oids = links_.Find({LinkKind::kReferencing, oid})) {
    for (Oid o : *oids) found.push_back(constraint(o));
  }
  return found;
}

std::vector<Oid> Catalog::ChildrenOf(Oid oid) const {
  const auto* oids = links_.Find({LinkKind::kChild, oid});
  return oids == nullptr ? std::vector<Oid>() : *oids;
}

std::vector<const Relation*> Catalog::SequencesOf(Oid oid, std::int16_t column) const {
  std::vector<const Relation*> found;
  const auto* oids = links_.Find({LinkKind::kSequence, oid});
  if (oids == nullptr) return found;
  for (Oid o : *oids) {
    const Relation* sequence = relation(o);
    if (column == 0 || sequence->sequence->owned_by.column == column) found.push_back(sequence);
  }
  return found;
}

const Constraint* Catalog::PrimaryKeyOf(Oid oid) const {
  for (const Constraint* c : ConstraintsOf(oid)) {
    if (c->kind == ConstraintKind::kPrimaryKey) return c;
  }
  return nullptr;
}

bool Catalog::ConstraintNameUsed(Oid schema_oid, std::string_view name) const {
  return Names(ObjectClass::kConstraint, schema_oid, name) != nullptr;
}

bool Catalog::RelationNameUsed(Oid schema_oid, std::string_view name) const {
  return Names(ObjectClass::kRelation, schema_oid, name) != nullptr;
}

bool Catalog::TypeNameUsed(Oid schema_oid, std::string_view name) const {
  return Names(ObjectClass::kType, schema_oid, name) != nullptr;
}

std::vector<DependentKey> Catalog::DependentsOf(ObjectRef object) const {
  std::vector<DependentKey> found;
  const bool whole = object.column == 0;
  dependents_.ForEachFrom(
      DependentKey{object, ObjectRef{static_cast<ObjectClass>(0), 0, INT16_MIN}},
      [&](const DependentKey& key, bool) {
        if (key.on.cls != object.cls || key.on.oid != object.oid) return false;
        if (!whole && key.on.column != object.column) return false;
        found.push_back(key);
        return true;
      });
  return found;
}

const OperatorClass* Catalog::DefaultOperatorClass(std::string_view method, Oid type_oid) const {
  const Oid base = BaseType({type_oid, -1}).type;
  const Type* t = type(base);
  // Polymorphic classes stand for the kinds of type that have none of their own.
  Oid polymorphic = 0;
  if (t != nullptr && t->is_array) polymorphic = 2277;
  if (t != nullptr && t->kind == TypeKind::kEnum) polymorphic = 3500;
  if (t != nullptr && t->kind == TypeKind::kRange) polymorphic = 3831;
  if (t != nullptr && t->kind == TypeKind::kMultirange) polymorphic = 4537;
  if (t != nullptr && t->kind == TypeKind::kComposite) polymorphic = 2249;
  const OperatorClass* near = nullptr;
  auto consider = [&](const OperatorClass* c) -> bool {
    if (!c->is_default || c->method != method) return false;
    if (c->input == base) return near = c, true;
    if (c->input == polymorphic && polymorphic != 0) near = c;
    if (near == nullptr) {  // binary coercible, as varchar is to text
      const Cast* cast = FindCast(base, c->input);
      if (cast != nullptr && cast->method == 'b' && cast->context == 'i') near = c;
    }
    return false;
  };
  for (const OperatorClass* c : facts::OperatorClassesOf(method)) {
    if (consider(c)) return c;
  }
  bool exact = false;
  operator_classes_.ForEach([&](Oid, const std::shared_ptr<const OperatorClass>& c) {
    if (!exact) exact = consider(c.get());
  });
  return near;
}

}  // namespace strata::catalog
