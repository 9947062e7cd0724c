// The schema as a value: what pg_catalog would hold after the statements applied so far. Copying
// one is cheap (the copies share what they have in common); comparing two that came from each other
// costs what differs.
//
// Built-in objects (facts.h) are found through the same functions as the migrations' own.
// Pointers returned by lookups live until the object is written again.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/objects.h"
#include "catalog/persistent_map.h"

namespace strata::catalog {

constexpr Oid kPgCatalogSchema = 11;
constexpr Oid kPublicSchema = 2200;
constexpr Oid kTemporarySchema = 9000;  // pg_temp, of the session

template <typename T>
using ObjectMap = PersistentMap<Oid, std::shared_ptr<const T>>;

// Which name space a name lives in; indexes, sequences, views and composite types share kRelation.
struct NameKey {
  ObjectClass cls = ObjectClass::kRelation;
  Oid parent = 0;  // schema; for constraints, triggers, rules and policies the relation (or domain)
  std::string name;

  struct View {
    ObjectClass cls;
    Oid parent;
    std::string_view name;
  };
  operator View() const { return {cls, parent, name}; }
  int Compare(const View& o) const {
    if (cls != o.cls) return cls < o.cls ? -1 : 1;
    if (parent != o.parent) return parent < o.parent ? -1 : 1;
    return std::string_view(name).compare(o.name);
  }
};

struct NameKeyHash {
  std::size_t operator()(const NameKey& key) const {
    return std::hash<std::string>()(key.name) ^ (std::size_t{key.parent} << 8) ^
           static_cast<std::size_t>(key.cls);
  }
};

// What else needs an object of `on`; ordered so that all of one object's dependents stand together.
struct DependentKey {
  ObjectRef on;
  ObjectRef dependent;
  DependencyKind kind = DependencyKind::kNormal;
  int Compare(const DependentKey& o) const {
    if (!(on == o.on)) return on < o.on ? -1 : 1;
    if (!(dependent == o.dependent)) return dependent < o.dependent ? -1 : 1;
    return kind < o.kind ? -1 : kind > o.kind;
  }
};

struct DependentKeyHash {
  std::size_t operator()(const DependentKey& key) const {
    const std::hash<ObjectRef> hash;
    return hash(key.on) * 31 + hash(key.dependent) + static_cast<std::size_t>(key.kind);
  }
};

// Relations, indexes, foreign keys and sequences that hang on a relation.
enum class LinkKind : std::uint8_t { kIndex, kChild, kReferencing, kSequence };

struct LinkKey {
  LinkKind kind = LinkKind::kIndex;
  Oid relation = 0;
  bool operator==(const LinkKey& o) const { return kind == o.kind && relation == o.relation; }
  bool operator<(const LinkKey& o) const {
    return std::tie(relation, kind) < std::tie(o.relation, o.kind);
  }
};

struct LinkKeyHash {
  std::size_t operator()(const LinkKey& key) const {
    return (std::size_t{key.relation} << 3) ^ static_cast<std::size_t>(key.kind);
  }
};

// Session state that later statements see: SET search_path and the like.
struct Session {
  std::vector<std::string> search_path = {"public"};  // as set; "$user" is dropped
  std::string role = "postgres";
  int transaction = 1;  // counts migrations; see EnumLabel::made_in
  bool check_function_bodies = true;
  // Print for comparing, not for reading: every cast is shown, each literal in its type's own form.
  bool exact_print = false;
  // What may or may not exist: an earlier statement failed over it, or made or dropped it in a way
  // that cannot be followed. Nothing is said against it. apply/doubt.h says how it is written.
  std::set<std::string> doubtful;
  // The functions whose bodies are being followed, each called by the one before.
  std::vector<Oid> calls;
};

class Catalog {
 public:
  // An empty database as CREATE DATABASE leaves it: the schema public, plpgsql, the built-ins.
  Catalog();

  Session session;

  // --- by number; null where there is none (built-ins included) ---
  const Schema* schema(Oid oid) const;
  const Relation* relation(Oid oid) const;
  const Type* type(Oid oid) const;
  const Function* function(Oid oid) const;
  const Operator* operator_(Oid oid) const;
  const OperatorClass* operator_class(Oid oid) const;
  const Constraint* constraint(Oid oid) const;
  const Trigger* trigger(Oid oid) const;
  const Rule* rule(Oid oid) const;
  const Policy* policy(Oid oid) const;
  const Extension* extension(Oid oid) const;
  const Role* role(Oid oid) const;
  const NamedObject* named(Oid oid) const;

  // --- by name ---
  const Schema* FindSchema(std::string_view name) const;
  // Empty `schema`: along the search path (pg_catalog first, as PostgreSQL does).
  const Relation* FindRelation(std::string_view schema, std::string_view name) const;
  const Type* FindType(std::string_view schema, std::string_view name) const;
  // Every function of that name that the search path shows, the nearest schema's first.
  std::vector<const Function*> FindFunctions(std::string_view schema, std::string_view name) const;
  std::vector<const Operator*> FindOperators(std::string_view schema, std::string_view name) const;
  const Constraint* FindConstraint(Oid relation, std::string_view name) const;
  const Trigger* FindTrigger(Oid relation, std::string_view name) const;
  const Rule* FindRule(Oid relation, std::string_view name) const;
  const Policy* FindPolicy(Oid relation, std::string_view name) const;
  const Extension* FindExtension(std::string_view name) const;
  const NamedObject* FindNamed(ObjectClass cls, std::string_view schema,
                               std::string_view name) const;
  const Cast* FindCast(Oid source, Oid target) const;
  const Role* FindRole(std::string_view name) const;
  const OperatorClass* FindOperatorClass(std::string_view method, std::string_view schema,
                                         std::string_view name) const;
  // The default one for a type (domains and arrays through what stands for them), or null.
  const OperatorClass* DefaultOperatorClass(std::string_view method, Oid type) const;

  // The schemas searched for an unqualified name, in order, existing ones only.
  std::vector<Oid> SearchPath() const;
  // Where an unqualified CREATE puts an object; 0: the search path names no schema that exists.
  Oid CreationSchema() const;

  // Every name of that class under a schema (0: along the search path), for "did you mean".
  std::vector<std::string> NamesOf(ObjectClass cls, Oid schema) const;

  // --- around a relation ---
  std::vector<const Relation*> IndexesOf(Oid table) const;
  std::vector<const Constraint*> ConstraintsOf(Oid relation) const;
  std::vector<const Constraint*> ForeignKeysTo(Oid relation) const;
  std::vector<const Trigger*> TriggersOf(Oid relation) const;
  std::vector<const Policy*> PoliciesOf(Oid relation) const;
  std::vector<const Rule*> RulesOf(Oid relation) const;
  std::vector<const Constraint*> ConstraintsOfDomain(Oid domain) const {
    return ConstraintsOf(domain);
  }
  std::vector<Oid> ChildrenOf(Oid relation) const;
  const Constraint* PrimaryKeyOf(Oid relation) const;
  // The sequences owned by a column (0: by any column) of the relation.
  std::vector<const Relation*> SequencesOf(Oid relation, std::int16_t column = 0) const;
  // Whether any object of the schema has this constraint name.
  bool ConstraintNameUsed(Oid schema, std::string_view name) const;
  bool RelationNameUsed(Oid schema, std::string_view name) const;
  bool TypeNameUsed(Oid schema, std::string_view name) const;

  // What needs `object`; for a whole relation (column 0) also what needs one of its columns.
  std::vector<DependentKey> DependentsOf(ObjectRef object) const;

  // --- words for messages ---
  // As PostgreSQL's errors write it: varchar is "character varying", arrays end in [].
  std::string TypeName(TypeRef type) const;
  // `table "users"`, `column "bio" of table "users"`, `constraint "c" on table "t"`.
  std::string Describe(ObjectRef object) const;
  // As the detail of a dependency error has it: `column bio of table users`, `function f(integer)`.
  std::string Identify(ObjectRef object) const;
  // The object's name, with its schema unless the search path finds it without; quoted where
  // needed.
  std::string QualifiedName(ObjectRef object) const;
  // f(integer, text)
  std::string Signature(const Function& function) const;
  // The whole built-in base of an array, domain over …: a domain's type, else the type itself.
  TypeRef BaseType(TypeRef type) const;

  // Writing: see apply/edit.h. Every write goes through these, so that names, numbers and
  // dependencies stay in step.
  friend class Editor;

  // The objects themselves, for walking over all of them (built-ins are not in them).
  const ObjectMap<Schema>& schemas() const { return schemas_; }
  const ObjectMap<Relation>& relations() const { return relations_; }
  const ObjectMap<Type>& types() const { return types_; }
  const ObjectMap<Function>& functions() const { return functions_; }
  const ObjectMap<Operator>& operators() const { return operators_; }
  const ObjectMap<OperatorClass>& operator_classes() const { return operator_classes_; }
  const ObjectMap<Cast>& casts() const { return casts_; }
  const ObjectMap<Constraint>& constraints() const { return constraints_; }
  const ObjectMap<Trigger>& triggers() const { return triggers_; }
  const ObjectMap<Rule>& rules() const { return rules_; }
  const ObjectMap<Policy>& policies() const { return policies_; }
  const ObjectMap<Extension>& extensions() const { return extensions_; }
  const ObjectMap<Role>& roles() const { return roles_; }
  const ObjectMap<NamedObject>& named_objects() const { return named_; }
  const PersistentMap<ObjectRef, std::string>& comments() const { return comments_; }
  // Privileges as canonical "grantee=privileges/grantor" items; absent: the default ones.
  const PersistentMap<ObjectRef, std::vector<std::string>>& privileges() const {
    return privileges_;
  }
  const PersistentMap<ObjectRef, std::vector<Dependency>>& dependencies() const {
    return dependencies_;
  }

 private:
  ObjectMap<Schema> schemas_;
  ObjectMap<Relation> relations_;
  ObjectMap<Type> types_;
  ObjectMap<Function> functions_;
  ObjectMap<Operator> operators_;
  ObjectMap<OperatorClass> operator_classes_;
  ObjectMap<Cast> casts_;
  ObjectMap<Constraint> constraints_;
  ObjectMap<Trigger> triggers_;
  ObjectMap<Rule> rules_;
  ObjectMap<Policy> policies_;
  ObjectMap<Extension> extensions_;
  ObjectMap<Role> roles_;
  ObjectMap<NamedObject> named_;
  PersistentMap<ObjectRef, std::string> comments_;
  PersistentMap<ObjectRef, std::vector<std::string>> privileges_;

  PersistentMap<NameKey, std::vector<Oid>, NameKeyHash> names_;     // several: overloaded functions
  PersistentMap<ObjectRef, std::vector<Dependency>> dependencies_;  // object -> what it needs
  PersistentMap<DependentKey, bool, DependentKeyHash> dependents_;  // object -> what needs it
  PersistentMap<LinkKey, std::vector<Oid>, LinkKeyHash> links_;
  template <typename T>
  static const T* In(const ObjectMap<T>& map, Oid oid) {
    const auto* found = map.Find(oid);
    return found == nullptr ? nullptr : found->get();
  }
  const std::vector<Oid>* Names(ObjectClass cls, Oid parent, std::string_view name) const;
  template <typename T, typename Get>
  std::vector<const T*> Under(ObjectClass cls, Oid parent, Get get) const;
  Oid next_oid_ = kFirstUserOid;
};

}  // namespace strata::catalog
