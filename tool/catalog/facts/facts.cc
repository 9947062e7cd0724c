#include "catalog/facts/facts.h"

#include <array>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include "catalog/facts/lines.h"
#include "catalog/facts/records.h"

#define STRATA_FACTS(name)                     \
  extern "C" const char strata_facts_##name[]; \
  extern "C" const char strata_facts_##name##_end[]
STRATA_FACTS(types);
STRATA_FACTS(types_names);
STRATA_FACTS(functions);
STRATA_FACTS(functions_names);
STRATA_FACTS(operators);
STRATA_FACTS(operators_names);
STRATA_FACTS(relations);
STRATA_FACTS(relations_names);
STRATA_FACTS(casts);
STRATA_FACTS(opclasses);
STRATA_FACTS(names);
#undef STRATA_FACTS

#define TEXT(name)                      \
  std::string_view(strata_facts_##name, \
                   static_cast<std::size_t>(strata_facts_##name##_end - strata_facts_##name))

namespace strata::catalog::facts {
namespace {

std::mutex& Making() {
  static std::mutex mutex;
  return mutex;
}

std::string Padded(Oid oid) {
  std::string digits = std::to_string(oid);
  if (digits.size() < 5) digits.insert(0, 5 - digits.size(), '0');
  return digits;
}

Oid SchemaAt(char place) {
  return place == 'p' ? kPgCatalog : place == 'i' ? InformationSchema() : kPgToast;
}

// Objects of one kind by number, each made once. Numbers of built-in objects are below
// kFirstUserOid.
template <typename T, typename Make>
class Table {
 public:
  constexpr Table() = default;

  const T* Get(Oid oid, std::string_view text) {
    if (oid >= kFirstUserOid || oid == 0) return nullptr;
    const T* known = slots_[oid].load(std::memory_order_acquire);
    if (known == nullptr) known = Find(oid, text);
    return known == &None() ? nullptr : known;
  }

 private:
  static const T& None() {
    static const T none{};
    return none;
  }
  const T* Find(Oid oid, std::string_view text) {
    const std::string key = Padded(oid) + "\t";
    const std::size_t at = LowerBound(text, key);
    const std::string_view line = at < text.size() ? LineAt(text, at) : std::string_view();
    const bool found = line.substr(0, key.size()) == key;
    const std::lock_guard lock(Making());
    if (const T* known = slots_[oid].load(std::memory_order_acquire)) return known;
    const T* made = &None();
    if (found) {
      Fields fields(line);
      fields.Next();
      const Oid schema = SchemaAt(fields.Letter());
      made = new T(Make()(oid, schema, fields));  // lives as long as the program
    }
    slots_[oid].store(made, std::memory_order_release);
    return made;
  }

  std::array<std::atomic<const T*>, kFirstUserOid> slots_{};
};

std::map<Oid, AggregateShape>& Shapes() {
  static std::map<Oid, AggregateShape> shapes;
  return shapes;
}

struct MakeType {
  Type operator()(Oid oid, Oid schema, Fields fields) const {
    return ReadType(oid, schema, fields);
  }
};
struct MakeFunction {
  Function operator()(Oid oid, Oid schema, Fields fields) const {
    AggregateShape shape;
    Function function = ReadFunction(oid, schema, fields, &shape);
    if (shape.kind != 'n') Shapes()[oid] = shape;
    return function;
  }
};
struct MakeOperator {
  Operator operator()(Oid oid, Oid schema, Fields fields) const {
    return ReadOperator(oid, schema, fields);
  }
};
struct MakeRelation {
  Relation operator()(Oid oid, Oid schema, Fields fields) const {
    return ReadRelation(oid, schema, fields);
  }
};

constinit Table<Type, MakeType> types;
constinit Table<Function, MakeFunction> functions;
constinit Table<Operator, MakeOperator> operators;
constinit Table<Relation, MakeRelation> relations;

std::string NameKeyOf(Oid schema, std::string_view name) {
  std::string key(1, schema == kPgCatalog ? 'p' : schema == InformationSchema() ? 'i' : '?');
  return key.append(name).append("\t");
}

struct Line {
  Oid oid = 0;
  std::string detail;
};

// A line of names.txt; false where there is none of that kind and name.
bool FindLine(std::string_view kind, std::string_view name, Line* found) {
  std::string key(kind);
  key.append(" ").append(name).append("\t");
  bool any = false;
  EachLine(TEXT(names), key, [&](std::string_view line) {
    Fields fields(line.substr(key.size()));
    found->oid = fields.Number();
    found->detail = fields.Text();
    any = true;
  });
  return any;
}

std::vector<std::string> NamesOfKind(std::string_view kind) {
  std::vector<std::string> names;
  const std::string key = std::string(kind) + " ";
  EachLine(TEXT(names), key, [&](std::string_view line) {
    line.remove_prefix(key.size());
    names.emplace_back(line.substr(0, line.find('\t')));
  });
  return names;
}

std::string_view KindOf(ObjectClass cls) {
  switch (cls) {
    case ObjectClass::kAccessMethod:
      return "access_method";
    case ObjectClass::kCollation:
      return "collation";
    case ObjectClass::kConversion:
      return "conversion";
    case ObjectClass::kLanguage:
      return "language";
    case ObjectClass::kOperatorFamily:
      return "operator_family";
    case ObjectClass::kTablespace:
      return "tablespace";
    case ObjectClass::kTextSearchConfig:
      return "ts_config";
    case ObjectClass::kTextSearchDictionary:
      return "ts_dict";
    case ObjectClass::kTextSearchParser:
      return "ts_parser";
    case ObjectClass::kTextSearchTemplate:
      return "ts_template";
    default:
      return "";
  }
}

bool LiesInSchema(ObjectClass cls) {
  return cls != ObjectClass::kAccessMethod && cls != ObjectClass::kLanguage &&
         cls != ObjectClass::kTablespace;
}

NamedObject MakeNamed(ObjectClass cls, Oid oid, std::string name, const std::string& detail) {
  NamedObject object;
  object.oid = oid;
  object.cls = cls;
  object.schema = LiesInSchema(cls) ? kPgCatalog : 0;
  object.name = std::move(name);
  object.owner = "postgres";
  if (cls == ObjectClass::kAccessMethod) object.options["type"] = detail;
  if (cls == ObjectClass::kOperatorFamily) object.options["method"] = detail;
  return object;
}

// Every named object, by number; made when the first one is asked for.
const std::map<Oid, NamedObject>& NamedObjects() {
  static const std::map<Oid, NamedObject> objects = [] {
    std::map<Oid, NamedObject> map;
    for (int c = 0; c <= static_cast<int>(ObjectClass::kTablespace); ++c) {
      const auto cls = static_cast<ObjectClass>(c);
      if (KindOf(cls).empty()) continue;
      const std::string key = std::string(KindOf(cls)) + " ";
      EachLine(TEXT(names), key, [&](std::string_view line) {
        Fields fields(line.substr(key.size()));
        std::string name = fields.Text();
        const Oid oid = fields.Number();
        map.emplace(oid, MakeNamed(cls, oid, std::move(name), fields.Text()));
      });
    }
    return map;
  }();
  return objects;
}

Oid OidByName(std::string_view text, Oid schema, std::string_view name) {
  Oid oid = 0;
  const std::string key = NameKeyOf(schema, name);
  EachLine(text, key, [&](std::string_view line) { oid = NumberOf(line.substr(key.size())); });
  return oid;
}

}  // namespace

Oid InformationSchema() {
  static const Oid oid = [] {
    Line line;
    return FindLine("schema", "information_schema", &line) ? line.oid : 0;
  }();
  return oid;
}

const Type* TypeOf(Oid oid) { return types.Get(oid, TEXT(types)); }
const Function* FunctionOf(Oid oid) { return functions.Get(oid, TEXT(functions)); }
const Operator* OperatorOf(Oid oid) { return operators.Get(oid, TEXT(operators)); }
const Relation* RelationOf(Oid oid) { return relations.Get(oid, TEXT(relations)); }

const Type* TypeNamed(std::string_view name) { return TypeNamed(kPgCatalog, name); }
const Type* TypeNamed(Oid schema, std::string_view name) {
  return TypeOf(OidByName(TEXT(types_names), schema, name));
}

const Relation* RelationNamed(std::string_view schema, std::string_view name) {
  // All relations of pg_catalog are called so, and nearly no others.
  const bool pg_catalog = schema.empty() || schema == "pg_catalog";
  if (pg_catalog && name.substr(0, 3) != "pg_") return nullptr;
  const Schema* place = SchemaNamed(schema.empty() ? "pg_catalog" : schema);
  return place == nullptr ? nullptr
                          : RelationOf(OidByName(TEXT(relations_names), place->oid, name));
}

std::vector<std::string> RelationNames(std::string_view schema) {
  std::vector<std::string> names;
  const char place = schema == "information_schema" ? 'i' : 'p';
  EachLine(TEXT(relations_names), std::string_view(&place, 1),
           [&](std::string_view line) { names.emplace_back(line.substr(1, line.find('\t') - 1)); });
  return names;
}

std::vector<const Function*> FunctionsNamed(std::string_view name) {
  return FunctionsNamed(kPgCatalog, name);
}
std::vector<const Function*> FunctionsNamed(Oid schema, std::string_view name) {
  std::vector<const Function*> found;
  const std::string key = NameKeyOf(schema, name);
  EachLine(TEXT(functions_names), key, [&](std::string_view line) {
    if (const Function* f = FunctionOf(NumberOf(line.substr(key.size())))) found.push_back(f);
  });
  return found;
}

std::vector<std::string> FunctionNames() {
  std::vector<std::string> names;
  EachLine(TEXT(functions_names), "p", [&](std::string_view line) {
    const std::string_view name = line.substr(1, line.find('\t') - 1);
    if (names.empty() || names.back() != name) names.emplace_back(name);
  });
  return names;
}

AggregateShape ShapeOfAggregate(Oid function) {
  if (FunctionOf(function) == nullptr) return {};
  const std::lock_guard lock(Making());
  const auto found = Shapes().find(function);
  return found == Shapes().end() ? AggregateShape{} : found->second;
}

std::vector<const Operator*> OperatorsNamed(std::string_view name) {
  std::vector<const Operator*> found;
  const std::string key = NameKeyOf(kPgCatalog, name);
  EachLine(TEXT(operators_names), key, [&](std::string_view line) {
    if (const Operator* o = OperatorOf(NumberOf(line.substr(key.size())))) found.push_back(o);
  });
  return found;
}

namespace {

const std::vector<OperatorClass>& OperatorClasses() {
  static const std::vector<OperatorClass> classes = [] {
    std::vector<OperatorClass> list;
    EachLine(TEXT(opclasses), "", [&](std::string_view line) {
      Fields fields(line);
      const Oid oid = fields.Number();
      fields.Next();
      list.push_back(ReadOperatorClass(oid, kPgCatalog, fields));
    });
    return list;
  }();
  return classes;
}

}  // namespace

const OperatorClass* OperatorClassOf(Oid oid) {
  if (oid >= kFirstUserOid) return nullptr;
  for (const OperatorClass& opclass : OperatorClasses()) {
    if (opclass.oid == oid) return &opclass;
  }
  return nullptr;
}

const OperatorClass* OperatorClassNamed(std::string_view method, std::string_view name) {
  for (const OperatorClass& opclass : OperatorClasses()) {
    if (opclass.method == method && opclass.name == name) return &opclass;
  }
  return nullptr;
}

std::vector<const OperatorClass*> OperatorClassesOf(std::string_view method) {
  std::vector<const OperatorClass*> found;
  for (const bool wanted : {true, false}) {
    for (const OperatorClass& opclass : OperatorClasses()) {
      if (opclass.method == method && opclass.is_default == wanted) found.push_back(&opclass);
    }
  }
  return found;
}

const Schema* SchemaOf(Oid oid) {
  static const std::array<Schema, 4> schemas = {
      Schema{kPgCatalog, "pg_catalog", "postgres"},
      Schema{kPgToast, "pg_toast", "postgres"},
      Schema{kPublic, "public", "pg_database_owner"},
      Schema{InformationSchema(), "information_schema", "postgres"},
  };
  for (const Schema& schema : schemas) {
    if (schema.oid == oid) return &schema;
  }
  return nullptr;
}

const Schema* SchemaNamed(std::string_view name) {
  for (const Oid oid : {kPgCatalog, kPublic, InformationSchema(), kPgToast}) {
    if (SchemaOf(oid)->name == name) return SchemaOf(oid);
  }
  return nullptr;
}

const Cast* CastBetween(Oid source, Oid target) {
  using Map = std::map<std::pair<Oid, Oid>, Cast>;
  static const Map casts = [] {
    Map map;
    EachLine(TEXT(casts), "", [&](std::string_view line) {
      Fields fields(line);
      const Oid from = fields.Number(), to = fields.Number();
      map.emplace(std::pair(from, to), ReadCast(from, to, fields));
    });
    return map;
  }();
  const auto found = casts.find({source, target});
  return found == casts.end() ? nullptr : &found->second;
}

const NamedObject* NamedOf(Oid oid) {
  if (oid >= kFirstUserOid) return nullptr;
  const auto found = NamedObjects().find(oid);
  return found == NamedObjects().end() ? nullptr : &found->second;
}

const NamedObject* NamedNamed(ObjectClass cls, std::string_view name) {
  Line line;
  return !KindOf(cls).empty() && FindLine(KindOf(cls), name, &line) ? NamedOf(line.oid) : nullptr;
}

std::vector<std::string> NamesOf(ObjectClass cls) {
  return KindOf(cls).empty() ? std::vector<std::string>() : NamesOfKind(KindOf(cls));
}

bool IsRole(std::string_view name) {
  Line line;
  return FindLine("role", name, &line);
}

bool IsSetting(std::string_view name) {
  Line line;
  return FindLine("setting", name, &line);
}

std::vector<std::string> SettingNames() { return NamesOfKind("setting"); }

}  // namespace strata::catalog::facts
