#include "catalog/describe.h"

#include <algorithm>

#include "catalog/analyze/analyze.h"
#include "catalog/definition.h"
#include "catalog/print/define.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

class Describer {
 public:
  Describer(const Catalog& catalog, const Catalog& other, Entries* entries)
      : catalog_(catalog), other_(other), entries_(*entries) {}

  void Add(ObjectRef object) {
    object.column = 0;
    if (object.cls == ObjectClass::kDefault) object.cls = ObjectClass::kRelation;
    if (IsMember(object)) return;
    switch (object.cls) {
      case ObjectClass::kSchema:
        return AddSchema(object);
      case ObjectClass::kRelation:
        return AddRelation(object);
      case ObjectClass::kType:
        return AddType(object);
      case ObjectClass::kFunction:
        return AddFunction(object);
      case ObjectClass::kOperator:
        return AddOperator(object);
      case ObjectClass::kOperatorClass:
        return AddOperatorClass(object);
      case ObjectClass::kCast:
        return AddCast(object);
      case ObjectClass::kConstraint:
        return AddConstraint(object);
      case ObjectClass::kTrigger:
        return AddTrigger(object);
      case ObjectClass::kRule:
        return AddRule(object);
      case ObjectClass::kPolicy:
        return AddPolicy(object);
      case ObjectClass::kExtension:
        return AddExtension(object);
      case ObjectClass::kRole:
      case ObjectClass::kDatabase:
        return;  // no part of a database's dump
      default:
        return AddNamed(object);
    }
  }

 private:
  bool IsMember(ObjectRef object) const {
    const auto* needs = catalog_.dependencies().Find(object);
    if (needs == nullptr) return false;
    return std::any_of(needs->begin(), needs->end(),
                       [](const Dependency& d) { return d.kind == DependencyKind::kExtension; });
  }

  std::string RelationKey(Oid oid) const {
    const Relation* r = catalog_.relation(oid);
    return r == nullptr ? "" : "relation " + FullName(catalog_, r->schema, r->name);
  }
  std::string NameOfRelation(Oid oid) const {
    const Relation* r = catalog_.relation(oid);
    return r == nullptr ? "?" : FullName(catalog_, r->schema, r->name);
  }

  Entry& Make(ObjectRef object, const std::string& key, std::string words) {
    Entry& entry = entries_[key];
    entry.object = object;
    entry.words = std::move(words);
    AddComment(object, &entry.properties);
    AddPrivileges(object, &entry.properties);
    return entry;
  }
  void AddComment(ObjectRef object, std::vector<Property>* properties) const {
    const std::string* text = catalog_.comments().Find(object);
    properties->push_back({"comment", text == nullptr ? "" : QuoteLiteral(*text)});
  }
  void AddPrivileges(ObjectRef object, std::vector<Property>* properties) const {
    const auto* items = catalog_.privileges().Find(object);
    std::string text;
    for (const std::string& item : items == nullptr ? std::vector<std::string>() : *items)
      text += (text.empty() ? "" : ", ") + item;
    properties->push_back({"privileges", items != nullptr && text.empty() ? "none" : text});
  }
  static std::string Options(const std::map<std::string, std::string>& options) {
    std::string text;
    for (const auto& [name, value] : options)
      text += (text.empty() ? "" : ", ") + name + "=" + value;
    return text;
  }
  static std::string YesNo(bool value) { return value ? "yes" : "no"; }

  void AddSchema(ObjectRef object) {
    const Schema* s = catalog_.schema(object.oid);
    Entry& e = Make(object, "schema " + s->name, "schema " + QuoteIdentifier(s->name));
    e.properties.push_back({"owner", s->owner});
  }

  // --- relations ---

  void AddRelation(ObjectRef object) {
    const Relation* r = catalog_.relation(object.oid);
    if (r == nullptr || r->schema == kTemporarySchema) return;
    switch (r->kind) {
      case RelationKind::kIndex:
      case RelationKind::kPartitionedIndex:
        return AddIndex(object, *r);
      case RelationKind::kSequence:
        return AddSequence(object, *r);
      default:
        break;
    }
    const std::string words = WordsOf(r->kind) + " " + NameOfRelation(r->oid);
    Entry& e = Make(object, RelationKey(r->oid), words);
    auto add = [&e](const char* name, std::string value) {
      e.properties.push_back({name, std::move(value)});
    };
    add("kind", WordsOf(r->kind));
    add("owner", r->owner);
    add("persistence", r->persistence == 'u' ? "unlogged" : "");
    add("storage parameters", Options(r->options));
    add("tablespace", r->tablespace);
    add("access method", r->access_method);
    add("partition key", PartitionKeyText(catalog_, *r));
    add("partition bound", r->partition_bound);
    add("row level security", r->row_security ? "enabled" : "");
    add("forced row level security", r->force_row_security ? "enabled" : "");
    add("replica identity", r->replica_identity == 'd' ? "" : std::string(1, r->replica_identity));
    add("check option", r->check_option);
    if (r->kind == RelationKind::kMaterializedView) add("data", r->populated ? "" : "WITH NO DATA");
    if (r->query != nullptr) add("definition", Print(catalog_, *r->query));
    std::string parents;
    for (Oid parent : r->parents) parents += (parents.empty() ? "" : ", ") + NameOfRelation(parent);
    add("parents", parents);
    if (const NamedObject* server = catalog_.named(r->server)) add("server", server->name);
    const Relation* twin = TwinOf(*r);
    for (const Column& c : r->columns) {
      e.columns.push_back(c.name);
      auto& properties = e.column_properties[c.name];
      if (twin == nullptr || !SameColumn(*r, c, *twin)) properties = ColumnProperties(*r, c);
    }
  }
  // The same relation on the other side, if its entry there has the same key.
  const Relation* TwinOf(const Relation& r) const {
    const Relation* twin = other_.relation(r.oid);
    const bool same = twin != nullptr && twin->name == r.name && twin->schema == r.schema &&
                      twin->parents == r.parents;
    return same ? twin : nullptr;
  }
  bool SameColumn(const Relation& r, const Column& c, const Relation& twin) const {
    const Column* t = twin.FindColumn(c.number);
    if (t == nullptr || c.identity != 0 || t->identity != 0) return false;
    const bool same = c.name == t->name && c.type == t->type && c.collation == t->collation &&
                      // Catalogs that did not grow from one give their numbers to different types.
                      catalog_.type(c.type.type) == other_.type(c.type.type) &&
                      catalog_.named(c.collation) == other_.named(c.collation) &&
                      c.not_null == t->not_null && c.default_value == t->default_value &&
                      c.generated == t->generated && c.local == t->local &&
                      c.storage == t->storage && c.compression == t->compression &&
                      c.statistics == t->statistics && c.options == t->options;
    const ObjectRef object{ObjectClass::kRelation, r.oid, c.number};
    return same && SameAt(catalog_.comments(), other_.comments(), object) &&
           SameAt(catalog_.privileges(), other_.privileges(), object);
  }
  template <typename Map>
  static bool SameAt(const Map& a, const Map& b, ObjectRef object) {
    const auto* x = a.Find(object);
    const auto* y = b.Find(object);
    return x == y || (x != nullptr && y != nullptr && *x == *y);
  }
  static std::string WordsOf(RelationKind kind) {
    switch (kind) {
      case RelationKind::kView:
        return "view";
      case RelationKind::kMaterializedView:
        return "materialized view";
      case RelationKind::kCompositeType:
        return "type";
      case RelationKind::kForeignTable:
        return "foreign table";
      case RelationKind::kPartitionedTable:
        return "partitioned table";
      default:
        return "table";
    }
  }

  std::vector<Property> ColumnProperties(const Relation& r, const Column& c) const {
    std::vector<Property> all;
    all.reserve(12);
    auto add = [&all](const char* name, std::string value) {
      all.push_back({name, std::move(value)});
    };
    const Type* type = catalog_.type(c.type.type);
    add("type", type == nullptr ? "" : TypeText(c.type));
    add("NOT NULL", c.not_null ? "yes" : "");
    if (c.generated != 0) {
      add("generation expression", Print(catalog_, *c.default_value));
    } else {
      add("default", c.default_value == nullptr ? "" : Print(catalog_, *c.default_value));
    }
    add("identity", c.identity == 0 ? "" : IdentityText(r, c));
    const bool own_collation =
        c.collation != 0 && (type == nullptr || c.collation != type->collation);
    const NamedObject* collation = own_collation ? catalog_.named(c.collation) : nullptr;
    add("collation", collation == nullptr || collation->name == "default" ? "" : collation->name);
    add("storage", c.storage);
    add("compression", c.compression);
    add("statistics target", c.statistics ? std::to_string(*c.statistics) : "");
    add("options", Options(c.options));
    if (!r.parents.empty()) add("local definition", YesNo(c.local));
    const ObjectRef object{ObjectClass::kRelation, r.oid, c.number};
    AddComment(object, &all);
    AddPrivileges(object, &all);
    return all;
  }
  // Types outside public with their schema, whatever the search path.
  std::string TypeText(TypeRef ref) const {
    const Type* t = catalog_.type(ref.type);
    const bool own = t != nullptr && ref.type >= kFirstUserOid && !t->is_array;
    if (!own) {
      if (t != nullptr && t->is_array && t->element >= kFirstUserOid)
        return TypeText({t->element, ref.typmod}) + "[]";
      return catalog_.TypeName(ref);
    }
    return FullName(catalog_, t->schema, t->name) +
           (ref.typmod >= 0 ? "(" + std::to_string(ref.typmod) + ")" : "");
  }
  std::string IdentityText(const Relation& r, const Column& c) const {
    std::string text = c.identity == 'a' ? "ALWAYS" : "BY DEFAULT";
    for (const Relation* s : catalog_.SequencesOf(r.oid, c.number)) {
      if (s->sequence->identity)
        text += " " + FullName(catalog_, s->schema, s->name) + " " +
                SequenceText(catalog_, *s->sequence);
    }
    return text;
  }

  void AddIndex(ObjectRef object, const Relation& r) {
    if (r.index->constraint != 0) {  // shown with its constraint
      if (catalog_.constraint(r.index->constraint) != nullptr)
        Add({ObjectClass::kConstraint, r.index->constraint});
      return;
    }
    Entry& e = Make(object, RelationKey(r.oid), "index " + NameOfRelation(r.oid));
    e.parent = RelationKey(r.index->table);
    e.properties.push_back({"definition", IndexText(catalog_, r)});
    AddIndexMarks(r, &e);
    std::string parents;
    for (Oid parent : r.parents) parents += NameOfRelation(parent);
    e.properties.push_back({"parent", parents});
  }
  static void AddIndexMarks(const Relation& r, Entry* e) {
    e->properties.push_back({"CLUSTER mark", r.index->clustered ? "yes" : ""});
    e->properties.push_back({"replica identity mark", r.index->replica_identity ? "yes" : ""});
  }

  void AddSequence(ObjectRef object, const Relation& r) {
    const ObjectRef owner = r.sequence->owned_by;
    if (r.sequence->identity) {  // shown with its column
      if (catalog_.relation(owner.oid) != nullptr) Add({ObjectClass::kRelation, owner.oid});
      return;
    }
    Entry& e = Make(object, RelationKey(r.oid), "sequence " + NameOfRelation(r.oid));
    if (owner.oid != 0) e.parent = RelationKey(owner.oid);
    e.properties.push_back({"definition", SequenceText(catalog_, *r.sequence)});
    e.properties.push_back({"owner", r.owner});
    const Relation* table = catalog_.relation(owner.oid);
    const Column* column = table == nullptr ? nullptr : table->FindColumn(owner.column);
    e.properties.push_back(
        {"owning column", column == nullptr ? "" : NameOfRelation(owner.oid) + "." + column->name});
  }

  // --- parts of relations ---

  void AddConstraint(ObjectRef object) {
    const Constraint* c = catalog_.constraint(object.oid);
    if (c == nullptr || c->parent != 0 || (c->inherited > 0 && !c->local)) return;
    if (c->relation == 0) {
      const Type* domain = catalog_.type(c->domain);
      if (domain == nullptr) return;
      const std::string of = FullName(catalog_, domain->schema, domain->name);
      Entry& e = Make(object, "constraint " + of + "." + c->name,
                      "constraint " + QuoteIdentifier(c->name) + " of domain " + of);
      e.parent = "type " + of;
      e.properties.push_back({"definition", ConstraintText(catalog_, *c)});
      return;
    }
    const Relation* r = catalog_.relation(c->relation);
    if (r == nullptr || r->schema == kTemporarySchema) return;
    const std::string of = NameOfRelation(c->relation);
    Entry& e = Make(object, "constraint " + of + "." + c->name,
                    "constraint " + QuoteIdentifier(c->name) + " of " + of);
    e.parent = RelationKey(c->relation);
    e.properties.push_back({"definition", ConstraintText(catalog_, *c)});
    const Relation* index =
        c->kind == ConstraintKind::kForeignKey ? nullptr : catalog_.relation(c->index);
    if (index != nullptr && index->index) AddIndexMarks(*index, &e);
  }

  void AddTrigger(ObjectRef object) {
    const Trigger* t = catalog_.trigger(object.oid);
    if (t == nullptr || t->parent != 0) return;
    const std::string of = NameOfRelation(t->relation);
    Entry& e = Make(object, "trigger " + of + "." + t->name,
                    "trigger " + QuoteIdentifier(t->name) + " on " + of);
    e.parent = RelationKey(t->relation);
    e.properties.push_back({"definition", TriggerText(catalog_, *t)});
    e.properties.push_back({"state", t->enabled == 'O' ? "" : std::string(1, t->enabled)});
  }
  void AddRule(ObjectRef object) {
    const Rule* r = catalog_.rule(object.oid);
    if (r == nullptr) return;
    const std::string of = NameOfRelation(r->relation);
    Entry& e = Make(object, "rule " + of + "." + r->name,
                    "rule " + QuoteIdentifier(r->name) + " on " + of);
    e.parent = RelationKey(r->relation);
    e.properties.push_back({"definition", r->definition});
    e.properties.push_back({"state", r->enabled == 'O' ? "" : std::string(1, r->enabled)});
  }
  void AddPolicy(ObjectRef object) {
    const Policy* p = catalog_.policy(object.oid);
    if (p == nullptr) return;
    const std::string of = NameOfRelation(p->relation);
    Entry& e = Make(object, "policy " + of + "." + p->name,
                    "policy " + QuoteIdentifier(p->name) + " on " + of);
    e.parent = RelationKey(p->relation);
    e.properties.push_back({"definition", PolicyText(catalog_, *p)});
  }

  // --- types and functions ---

  void AddType(ObjectRef object) {
    const Type* t = catalog_.type(object.oid);
    if (t == nullptr || t->is_array || t->kind == TypeKind::kMultirange) return;
    const Relation* row = catalog_.relation(t->relation);
    if (row != nullptr && row->kind == RelationKind::kCompositeType)
      AddRelation({ObjectClass::kRelation, row->oid});
    if (t->relation != 0 && (row == nullptr || row->kind != RelationKind::kCompositeType)) return;
    const std::string name = FullName(catalog_, t->schema, t->name);
    const char* word = t->kind == TypeKind::kDomain ? "domain " : "type ";
    Entry& e = Make(object, "type " + name, word + name);
    if (row != nullptr) e.parent = RelationKey(row->oid);
    e.properties.push_back({"owner", t->owner});
    e.properties.push_back({"options", Options(t->options)});
    std::string labels;
    for (const EnumLabel& l : t->labels)
      labels += (labels.empty() ? "" : ", ") + QuoteLiteral(l.label);
    e.properties.push_back({"labels", labels});
    if (t->kind == TypeKind::kDomain) {
      e.properties.push_back({"base type", TypeText(t->base)});
      e.properties.push_back({"NOT NULL", t->not_null ? "yes" : ""});
      e.properties.push_back(
          {"default", t->default_value == nullptr ? "" : Print(catalog_, *t->default_value)});
    }
    if (t->kind == TypeKind::kRange)
      e.properties.push_back({"subtype", TypeText({t->subtype, -1})});
  }

  std::string TypeList(const std::vector<Oid>& types) const {
    std::string text;
    for (Oid type : types) text += (text.empty() ? "" : ", ") + TypeText({type, -1});
    return "(" + text + ")";
  }

  void AddFunction(ObjectRef object) {
    const Function* f = catalog_.function(object.oid);
    if (f == nullptr || f->schema == kTemporarySchema) return;
    const auto* needs = catalog_.dependencies().Find(object);
    for (const Dependency& d : needs == nullptr ? std::vector<Dependency>() : *needs) {
      if (d.kind == DependencyKind::kInternal) return;  // a range's constructor
    }
    const std::string name = FullName(catalog_, f->schema, f->name) + TypeList(f->inputs);
    const char* word = f->kind == FunctionKind::kProcedure   ? "procedure "
                       : f->kind == FunctionKind::kAggregate ? "aggregate "
                                                             : "function ";
    Entry& e = Make(object, "function " + name, word + name);
    auto add = [&e](const char* property, std::string value) {
      e.properties.push_back({property, std::move(value)});
    };
    add("arguments", ArgumentsText(catalog_, *f));
    add("result", ResultText(catalog_, *f));
    add("body", f->inline_body ? PrintInlineBody(catalog_, *f) : f->body);
    add("definition", f->definition);
    add("language", f->language);
    add("owner", f->owner);
    add("volatility", std::string(1, f->volatility));
    add("strictness", f->strict ? "STRICT" : "");
    add("security", f->security_definer ? "SECURITY DEFINER" : "");
    add("leakproof", f->leakproof ? "LEAKPROOF" : "");
    add("parallel safety", std::string(1, f->parallel));
    add("settings", Options(f->settings));
    add("cost", f->cost < 0 ? "" : std::to_string(f->cost));
    add("rows", f->rows < 0 ? "" : std::to_string(f->rows));
  }

  void AddOperator(ObjectRef object) {
    const Operator* o = catalog_.operator_(object.oid);
    if (o == nullptr) return;
    const std::string name = o->name + " " + TypeList({o->left, o->right});
    Entry& e = Make(object, "operator " + FullName(catalog_, o->schema, name), "operator " + name);
    const Function* f = catalog_.function(o->function);
    e.properties.push_back({"function", f == nullptr ? "" : f->name});
  }
  void AddOperatorClass(ObjectRef object) {
    const OperatorClass* o = catalog_.operator_class(object.oid);
    if (o == nullptr) return;
    const std::string name =
        FullName(catalog_, o->schema, o->name) + " for access method " + o->method;
    Entry& e = Make(object, "operator class " + name, "operator class " + name);
    e.properties.push_back({"default", YesNo(o->is_default)});
    e.properties.push_back({"type", TypeText({o->input, -1})});
  }
  void AddCast(ObjectRef object) {
    const auto* found = catalog_.casts().Find(object.oid);
    if (found == nullptr) return;
    const Cast& c = **found;
    const std::string name =
        "cast from " + TypeText({c.source, -1}) + " to " + TypeText({c.target, -1});
    Entry& e = Make(object, name, name);
    const Function* f = catalog_.function(c.function);
    e.properties.push_back({"context", std::string(1, c.context)});
    e.properties.push_back({"method", f == nullptr ? std::string(1, c.method) : f->name});
  }

  // --- the rest ---

  void AddExtension(ObjectRef object) {
    const Extension* x = catalog_.extension(object.oid);
    if (x == nullptr) return;
    Entry& e = Make(object, "extension " + x->name, "extension " + QuoteIdentifier(x->name));
    const Schema* s = catalog_.schema(x->schema);
    e.properties.push_back({"schema", s == nullptr ? "" : s->name});
  }

  void AddNamed(ObjectRef object) {
    const NamedObject* n = catalog_.named(object.oid);
    if (n == nullptr) return;
    const std::string words = n->cls == ObjectClass::kDefaultPrivileges
                                  ? "default privileges " + n->name
                                  : catalog_.Identify(object);
    const std::string key =
        std::to_string(static_cast<int>(n->cls)) + " " + FullName(catalog_, n->schema, n->name);
    Entry& e = Make(object, key, words);
    e.properties.push_back({"owner", n->owner});
    const bool statistics = n->cls == ObjectClass::kStatistics;
    e.properties.push_back({"definition", statistics ? CreateNamed(catalog_, *n) : n->definition});
    if (n->relation != 0) {
      e.properties.push_back({"table", NameOfRelation(n->relation)});
      e.parent = RelationKey(n->relation);
    }
    std::string options;
    for (const auto& [name, value] : n->options) {
      std::string shown = name;
      if (name.starts_with("table "))
        shown = "table " + NameOfRelation(static_cast<Oid>(std::stoul(name.substr(6))));
      if (name.starts_with("schema "))
        shown = "schema " + catalog_.QualifiedName({ObjectClass::kSchema,
                                                    static_cast<Oid>(std::stoul(name.substr(7)))});
      options += (options.empty() ? "" : ", ") + shown + "=" + value;
    }
    e.properties.push_back({"options", options});
  }

  const Catalog& catalog_;
  const Catalog& other_;
  Entries& entries_;
};

}  // namespace

void Describe(const Catalog& catalog, const Catalog& other, ObjectRef object, Entries* entries) {
  Describer(catalog, other, entries).Add(object);
}

}  // namespace strata::catalog
