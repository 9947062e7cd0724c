// What the catalog's objects are called in messages.
#include <cctype>

#include "catalog/catalog.h"
#include "catalog/quote.h"

namespace strata::catalog {
namespace {

// The names of types that SQL itself names, by PostgreSQL's numbers (format_type.c).
const char* SqlName(Oid type) {
  switch (type) {
    case 16:
      return "boolean";
    case 18:
      return "\"char\"";
    case 20:
      return "bigint";
    case 21:
      return "smallint";
    case 23:
      return "integer";
    case 700:
      return "real";
    case 701:
      return "double precision";
    case 1042:
      return "character";
    case 1043:
      return "character varying";
    case 1083:
      return "time without time zone";
    case 1114:
      return "timestamp without time zone";
    case 1184:
      return "timestamp with time zone";
    case 1186:
      return "interval";
    case 1266:
      return "time with time zone";
    case 1560:
      return "bit";
    case 1562:
      return "bit varying";
    case 1700:
      return "numeric";
    default:
      return nullptr;
  }
}

std::string IntervalFields(std::int32_t typmod) {
  const int range = (typmod >> 16) & 0x7fff;
  const int precision = typmod & 0xffff;
  std::string text;
  switch (range) {
    case 0x7fff:
      break;
    case 1 << 2:
      text = " year";
      break;
    case 1 << 1:
      text = " month";
      break;
    case 1 << 3:
      text = " day";
      break;
    case 1 << 10:
      text = " hour";
      break;
    case 1 << 11:
      text = " minute";
      break;
    case 1 << 12:
      text = " second";
      break;
    case (1 << 2) | (1 << 1):
      text = " year to month";
      break;
    case (1 << 3) | (1 << 10):
      text = " day to hour";
      break;
    case (1 << 3) | (1 << 10) | (1 << 11):
      text = " day to minute";
      break;
    case (1 << 3) | (1 << 10) | (1 << 11) | (1 << 12):
      text = " day to second";
      break;
    case (1 << 10) | (1 << 11):
      text = " hour to minute";
      break;
    case (1 << 10) | (1 << 11) | (1 << 12):
      text = " hour to second";
      break;
    case (1 << 11) | (1 << 12):
      text = " minute to second";
      break;
    default:
      break;
  }
  if (precision != 0xffff) text += "(" + std::to_string(precision) + ")";
  return text;
}

// The words after a type's name that its modifier stands for; `inside` goes before "without time
// zone".
std::string WithModifier(const std::string& name, Oid type, std::int32_t typmod) {
  if (typmod < 0) return type == 1042 ? "bpchar" : name;
  switch (type) {
    case 1042:
    case 1043:
      return name + "(" + std::to_string(typmod - 4) + ")";
    case 1700: {
      int scale = (typmod - 4) & 0x7ff;
      if (scale >= 1024) scale -= 2048;
      return name + "(" + std::to_string((typmod - 4) >> 16 & 0xffff) + "," +
             std::to_string(scale) + ")";
    }
    case 1083:
    case 1114:
    case 1184:
    case 1266: {
      const std::size_t space = name.find(' ');
      return name.substr(0, space) + "(" + std::to_string(typmod) + ")" + name.substr(space);
    }
    case 1186:
      return name + IntervalFields(typmod);
    default:
      return name + "(" + std::to_string(typmod) + ")";
  }
}

const char* WordOf(RelationKind kind) {
  switch (kind) {
    case RelationKind::kView:
      return "view";
    case RelationKind::kMaterializedView:
      return "materialized view";
    case RelationKind::kSequence:
      return "sequence";
    case RelationKind::kIndex:
    case RelationKind::kPartitionedIndex:
      return "index";
    case RelationKind::kCompositeType:
      return "composite type";
    case RelationKind::kForeignTable:
      return "foreign table";
    default:
      return "table";
  }
}

const char* WordOf(FunctionKind kind) {
  return kind == FunctionKind::kProcedure   ? "procedure"
         : kind == FunctionKind::kAggregate ? "aggregate"
                                            : "function";
}

const char* WordOf(ObjectClass cls) {
  switch (cls) {
    case ObjectClass::kSchema:
      return "schema";
    case ObjectClass::kRelation:
      return "relation";
    case ObjectClass::kType:
      return "type";
    case ObjectClass::kFunction:
      return "function";
    case ObjectClass::kConstraint:
      return "constraint";
    case ObjectClass::kTrigger:
      return "trigger";
    case ObjectClass::kRule:
      return "rule";
    case ObjectClass::kPolicy:
      return "policy";
    case ObjectClass::kExtension:
      return "extension";
    case ObjectClass::kRole:
      return "role";
    case ObjectClass::kOperator:
      return "operator";
    case ObjectClass::kOperatorClass:
      return "operator class";
    case ObjectClass::kOperatorFamily:
      return "operator family";
    case ObjectClass::kCast:
      return "cast";
    case ObjectClass::kCollation:
      return "collation";
    case ObjectClass::kConversion:
      return "conversion";
    case ObjectClass::kTextSearchConfig:
      return "text search configuration";
    case ObjectClass::kTextSearchDictionary:
      return "text search dictionary";
    case ObjectClass::kTextSearchParser:
      return "text search parser";
    case ObjectClass::kTextSearchTemplate:
      return "text search template";
    case ObjectClass::kLanguage:
      return "language";
    case ObjectClass::kEventTrigger:
      return "event trigger";
    case ObjectClass::kPublication:
      return "publication";
    case ObjectClass::kSubscription:
      return "subscription";
    case ObjectClass::kForeignDataWrapper:
      return "foreign-data wrapper";
    case ObjectClass::kForeignServer:
      return "server";
    case ObjectClass::kUserMapping:
      return "user mapping";
    case ObjectClass::kStatistics:
      return "statistics object";
    case ObjectClass::kAccessMethod:
      return "access method";
    case ObjectClass::kTransform:
      return "transform";
    case ObjectClass::kDatabase:
      return "database";
    case ObjectClass::kTablespace:
      return "tablespace";
    case ObjectClass::kDefault:
      return "default value";
    case ObjectClass::kDefaultPrivileges:
      return "default privileges";
  }
  return "object";
}

}  // namespace

std::string Catalog::TypeName(TypeRef ref) const {
  const Type* t = type(ref.type);
  if (t == nullptr) return ref.type == 0 ? "unknown" : "???";
  if (t->is_array) {
    // The modifier of an array is its element's.
    return TypeName({t->element, ref.typmod}) + "[]";
  }
  if (const char* name = SqlName(ref.type)) {
    if (ref.type == 1042 && ref.typmod < 0) return "character";
    return WithModifier(name, ref.type, ref.typmod);
  }
  std::string name = QualifiedName({ObjectClass::kType, ref.type});
  if (ref.typmod >= 0) name += "(" + std::to_string(ref.typmod) + ")";
  return name;
}

std::string Catalog::Signature(const Function& f) const {
  std::string text = QualifiedName({ObjectClass::kFunction, f.oid}) + "(";
  for (std::size_t i = 0; i < f.inputs.size(); ++i) {
    if (i > 0) text += ",";
    text += TypeName({f.inputs[i], -1});
  }
  return text + ")";
}

std::string Catalog::QualifiedName(ObjectRef object) const {
  auto qualified = [this](Oid schema_oid, const std::string& name, bool visible) {
    const Schema* s = schema(schema_oid);
    if (visible || s == nullptr) return QuoteIdentifier(name);
    return QuoteIdentifier(s->name) + "." + QuoteIdentifier(name);
  };
  switch (object.cls) {
    case ObjectClass::kSchema: {
      const Schema* s = schema(object.oid);
      return s == nullptr ? "" : QuoteIdentifier(s->name);
    }
    case ObjectClass::kRelation: {
      const Relation* r = relation(object.oid);
      if (r == nullptr) return "";
      const Relation* seen = FindRelation("", r->name);
      return qualified(r->schema, r->name, seen != nullptr && seen->oid == r->oid);
    }
    case ObjectClass::kType: {
      const Type* t = type(object.oid);
      if (t == nullptr) return "";
      const Type* seen = FindType("", t->name);
      return qualified(t->schema, t->name, seen != nullptr && seen->oid == t->oid);
    }
    case ObjectClass::kFunction: {
      const Function* f = function(object.oid);
      if (f == nullptr) return "";
      for (const Function* seen : FindFunctions("", f->name)) {
        if (seen->inputs == f->inputs) return qualified(f->schema, f->name, seen->oid == f->oid);
      }
      return qualified(f->schema, f->name, false);
    }
    case ObjectClass::kExtension: {
      const Extension* e = extension(object.oid);
      return e == nullptr ? "" : QuoteIdentifier(e->name);
    }
    case ObjectClass::kRole: {
      const Role* r = role(object.oid);
      return r == nullptr ? "" : QuoteIdentifier(r->name);
    }
    case ObjectClass::kOperator: {
      const Operator* o = operator_(object.oid);
      if (o == nullptr) return "";
      return o->name + "(" + (o->left == 0 ? "none" : TypeName({o->left, -1})) + "," +
             TypeName({o->right, -1}) + ")";
    }
    case ObjectClass::kOperatorClass: {
      const OperatorClass* o = operator_class(object.oid);
      return o == nullptr ? "" : QuoteIdentifier(o->name);
    }
    default: {
      const NamedObject* n = named(object.oid);
      if (n == nullptr) return "";
      const NamedObject* seen = n->schema == 0 ? n : FindNamed(n->cls, "", n->name);
      return qualified(n->schema, n->name, seen != nullptr && seen->oid == n->oid);
    }
  }
}

std::string Catalog::Identify(ObjectRef object) const {
  auto on = [this](const char* word, const std::string& name, Oid relation_oid) {
    return std::string(word) + " " + QuoteIdentifier(name) + " on " +
           Identify({ObjectClass::kRelation, relation_oid});
  };
  auto column = [this](ObjectRef o) {
    const Relation* r = relation(o.oid);
    const Column* c = r == nullptr ? nullptr : r->FindColumn(o.column);
    return std::string("column ") + (c == nullptr ? "?" : QuoteIdentifier(c->name)) + " of " +
           Identify({ObjectClass::kRelation, o.oid});
  };
  switch (object.cls) {
    case ObjectClass::kRelation: {
      if (object.column != 0) return column(object);
      const Relation* r = relation(object.oid);
      return r == nullptr ? "relation" : WordOf(r->kind) + (" " + QualifiedName(object));
    }
    case ObjectClass::kDefault:
      return "default value for " + column(object);
    case ObjectClass::kType:
      return "type " + TypeName({object.oid, -1});
    case ObjectClass::kFunction: {
      const Function* f = function(object.oid);
      return f == nullptr ? "function" : WordOf(f->kind) + (" " + Signature(*f));
    }
    case ObjectClass::kConstraint: {
      const Constraint* c = constraint(object.oid);
      if (c == nullptr) return "constraint";
      if (c->relation == 0)
        return "constraint " + QuoteIdentifier(c->name) + " on type " + TypeName({c->domain, -1});
      return on("constraint", c->name, c->relation);
    }
    case ObjectClass::kTrigger: {
      const Trigger* t = trigger(object.oid);
      return t == nullptr ? "trigger" : on("trigger", t->name, t->relation);
    }
    case ObjectClass::kRule: {
      const Rule* r = rule(object.oid);
      return r == nullptr ? "rule" : on("rule", r->name, r->relation);
    }
    case ObjectClass::kPolicy: {
      const Policy* p = policy(object.oid);
      return p == nullptr ? "policy" : on("policy", p->name, p->relation);
    }
    case ObjectClass::kCast: {
      const auto* c = In(casts_, object.oid);
      if (c == nullptr) return "cast";
      return "cast from " + TypeName({c->source, -1}) + " to " + TypeName({c->target, -1});
    }
    case ObjectClass::kOperatorClass: {
      const OperatorClass* o = operator_class(object.oid);
      return "operator class " + QualifiedName(object) +
             (o == nullptr ? "" : " for access method " + o->method);
    }
    default:
      return std::string(WordOf(object.cls)) + " " + QualifiedName(object);
  }
}

std::string Catalog::Describe(ObjectRef object) const {
  auto quoted = [](const std::string& name) { return " \"" + name + "\""; };
  auto relation_words = [&](Oid oid) {
    const Relation* r = relation(oid);
    return r == nullptr ? std::string("relation") : WordOf(r->kind) + quoted(r->name);
  };
  switch (object.cls) {
    case ObjectClass::kRelation: {
      if (object.column == 0) return relation_words(object.oid);
      const Relation* r = relation(object.oid);
      const Column* c = r == nullptr ? nullptr : r->FindColumn(object.column);
      return "column" + quoted(c == nullptr ? "?" : c->name) + " of " + relation_words(object.oid);
    }
    case ObjectClass::kConstraint: {
      const Constraint* c = constraint(object.oid);
      if (c == nullptr) return "constraint";
      if (c->relation == 0)
        return "constraint" + quoted(c->name) + " of domain" + quoted(TypeName({c->domain, -1}));
      return "constraint" + quoted(c->name) + " on " + relation_words(c->relation);
    }
    case ObjectClass::kTrigger: {
      const Trigger* t = trigger(object.oid);
      return t == nullptr ? "trigger"
                          : "trigger" + quoted(t->name) + " on " + relation_words(t->relation);
    }
    case ObjectClass::kRule: {
      const Rule* r = rule(object.oid);
      return r == nullptr ? "rule"
                          : "rule" + quoted(r->name) + " on " + relation_words(r->relation);
    }
    case ObjectClass::kPolicy: {
      const Policy* p = policy(object.oid);
      return p == nullptr ? "policy"
                          : "policy" + quoted(p->name) + " on " + relation_words(p->relation);
    }
    case ObjectClass::kType: {
      const Type* t = type(object.oid);
      return t == nullptr ? "type" : "type" + quoted(t->name);
    }
    case ObjectClass::kSchema: {
      const Schema* s = schema(object.oid);
      return s == nullptr ? "schema" : "schema" + quoted(s->name);
    }
    default:
      return Identify(object);
  }
}

}  // namespace strata::catalog
