#include "catalog/print/words.h"

#include "catalog/quote.h"

namespace strata::catalog {
namespace {

constexpr Oid kBpchar = 1042, kVarchar = 1043, kNumeric = 1700, kBit = 1560, kVarbit = 1562;
constexpr Oid kTime = 1083, kTimestamp = 1114, kTimestampTz = 1184, kInterval = 1186,
              kTimeTz = 1266;

struct BuiltInName {
  Oid oid;
  const char* name;
};

// Source: format_type.c.
constexpr BuiltInName kBuiltInNames[] = {
    {16, "boolean"},           {18, "\"char\""},       {20, "bigint"},
    {21, "smallint"},          {23, "integer"},        {700, "real"},
    {701, "double precision"}, {kBpchar, "character"}, {kVarchar, "character varying"},
    {kNumeric, "numeric"},     {kBit, "bit"},          {kVarbit, "bit varying"},
};

std::string Parenthesised(std::int64_t number) { return "(" + std::to_string(number) + ")"; }

std::string Precision(std::int32_t typmod) { return typmod < 0 ? "" : Parenthesised(typmod); }

// Source: the masks of timestamp.h; interval's fields stand in the upper half of its typmod.
std::string IntervalFields(std::int32_t typmod) {
  if (typmod < 0) return "";
  constexpr int kMonth = 1 << 1, kYear = 1 << 2, kDay = 1 << 3, kHour = 1 << 10, kMinute = 1 << 11,
                kSecond = 1 << 12;
  const int fields = (typmod >> 16) & 0x7fff;
  const int precision = typmod & 0xffff;
  std::string text;
  switch (fields) {
    case kYear:
      text = " year";
      break;
    case kMonth:
      text = " month";
      break;
    case kDay:
      text = " day";
      break;
    case kHour:
      text = " hour";
      break;
    case kMinute:
      text = " minute";
      break;
    case kSecond:
      text = " second";
      break;
    case kYear | kMonth:
      text = " year to month";
      break;
    case kDay | kHour:
      text = " day to hour";
      break;
    case kDay | kHour | kMinute:
      text = " day to minute";
      break;
    case kDay | kHour | kMinute | kSecond:
      text = " day to second";
      break;
    case kHour | kMinute:
      text = " hour to minute";
      break;
    case kHour | kMinute | kSecond:
      text = " hour to second";
      break;
    case kMinute | kSecond:
      text = " minute to second";
      break;
    default:
      break;
  }
  return precision == 0xffff ? text : text + Parenthesised(precision);
}

std::string BuiltInType(const Type& type, std::int32_t typmod) {
  std::string name;
  for (const BuiltInName& b : kBuiltInNames) {
    if (b.oid == type.oid) name = b.name;
  }
  switch (type.oid) {
    case kBpchar:
      return typmod < 0 ? "bpchar" : name + Parenthesised(typmod - 4);
    case kVarchar:
      return typmod < 0 ? name : name + Parenthesised(typmod - 4);
    case kBit:
      return typmod < 0 ? "\"bit\"" : name + Parenthesised(typmod);
    case kVarbit:
      return name + Precision(typmod);
    case kNumeric:
      if (typmod < 4) return name;
      return name + "(" + std::to_string(((typmod - 4) >> 16) & 0xffff) + "," +
             std::to_string((((typmod - 4) & 0x7ff) ^ 1024) - 1024) + ")";
    case kTime:
      return "time" + Precision(typmod) + " without time zone";
    case kTimeTz:
      return "time" + Precision(typmod) + " with time zone";
    case kTimestamp:
      return "timestamp" + Precision(typmod) + " without time zone";
    case kTimestampTz:
      return "timestamp" + Precision(typmod) + " with time zone";
    case kInterval:
      return "interval" + IntervalFields(typmod);
    default:
      return name.empty() ? QuoteIdentifier(type.name) : name;
  }
}

std::string Qualified(const Catalog& catalog, Oid schema, const std::string& name, bool visible) {
  const Schema* s = catalog.schema(schema);
  if (visible || s == nullptr) return QuoteIdentifier(name);
  return QuoteIdentifier(s->name) + "." + QuoteIdentifier(name);
}

const char* RelationWord(RelationKind kind) {
  switch (kind) {
    case RelationKind::kView:
      return "VIEW";
    case RelationKind::kMaterializedView:
      return "MATERIALIZED VIEW";
    case RelationKind::kSequence:
      return "SEQUENCE";
    case RelationKind::kIndex:
    case RelationKind::kPartitionedIndex:
      return "INDEX";
    case RelationKind::kCompositeType:
      return "TYPE";
    case RelationKind::kForeignTable:
      return "FOREIGN TABLE";
    default:
      return "TABLE";
  }
}

const char* NamedWord(ObjectClass cls) {
  switch (cls) {
    case ObjectClass::kCollation:
      return "COLLATION";
    case ObjectClass::kConversion:
      return "CONVERSION";
    case ObjectClass::kTextSearchConfig:
      return "TEXT SEARCH CONFIGURATION";
    case ObjectClass::kTextSearchDictionary:
      return "TEXT SEARCH DICTIONARY";
    case ObjectClass::kTextSearchParser:
      return "TEXT SEARCH PARSER";
    case ObjectClass::kTextSearchTemplate:
      return "TEXT SEARCH TEMPLATE";
    case ObjectClass::kLanguage:
      return "LANGUAGE";
    case ObjectClass::kEventTrigger:
      return "EVENT TRIGGER";
    case ObjectClass::kPublication:
      return "PUBLICATION";
    case ObjectClass::kSubscription:
      return "SUBSCRIPTION";
    case ObjectClass::kForeignDataWrapper:
      return "FOREIGN DATA WRAPPER";
    case ObjectClass::kForeignServer:
      return "SERVER";
    case ObjectClass::kUserMapping:
      return "USER MAPPING";
    case ObjectClass::kOperatorFamily:
      return "OPERATOR FAMILY";
    case ObjectClass::kStatistics:
      return "STATISTICS";
    case ObjectClass::kAccessMethod:
      return "ACCESS METHOD";
    default:
      return "";
  }
}

const char* FunctionWord(FunctionKind kind) {
  if (kind == FunctionKind::kProcedure) return "PROCEDURE";
  return kind == FunctionKind::kAggregate ? "AGGREGATE" : "FUNCTION";
}

// Of "user@server".
std::string MappingOf(const NamedObject& object) {
  const std::size_t at = object.name.rfind('@');
  const std::string user = object.name.substr(0, at);
  return "FOR " + (user == "public" ? "PUBLIC" : QuoteIdentifier(user)) + " SERVER " +
         QuoteIdentifier(object.name.substr(at + 1));
}

std::string PartOf(const Catalog& catalog, const std::string& name, Oid relation) {
  return QuoteIdentifier(name) + " ON " + SqlRelation(catalog, relation);
}

// The place behind what closes the parenthesis at `open`; npos: nothing does.
std::size_t BehindClosing(const std::string& text, std::size_t open) {
  int depth = 0;
  char quote = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == '\\' && quote == 'E') ++i;
      if (c == (quote == 'E' ? '\'' : quote)) quote = 0;
    } else if (c == '\'') {
      quote = i > 0 && text[i - 1] == 'E' ? 'E' : c;
    } else if (c == '"') {
      quote = c;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return i + 1;
    }
  }
  return std::string::npos;
}

}  // namespace

std::string Bare(std::string text) {
  while (text.size() > 2 && text[0] == '(' && BehindClosing(text, 0) == text.size())
    text = text.substr(1, text.size() - 2);
  return text;
}

std::string KeyExpression(const std::string& expression) {
  const std::string text = Bare(expression);
  std::size_t open = 0;
  while (open < text.size() && ((text[open] >= 'a' && text[open] <= 'z') || text[open] == '_' ||
                                (open > 0 && text[open] >= '0' && text[open] <= '9')))
    ++open;
  const bool call = open > 0 && open < text.size() && text[open] == '(' &&
                    BehindClosing(text, open) == text.size();
  return call ? text : "(" + text + ")";
}

std::string Join(const std::vector<std::string>& parts, const std::string& between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : between) + part;
  return text;
}

std::string SqlRelation(const Catalog& catalog, Oid oid) {
  const Relation* r = catalog.relation(oid);
  if (r == nullptr) return "";
  return Qualified(catalog, r->schema, r->name, catalog.FindRelation("", r->name) == r);
}

std::string SqlType(const Catalog& catalog, TypeRef ref) {
  const Type* type = catalog.type(ref.type);
  if (type == nullptr) return "";
  if (type->is_array && type->element != 0)
    return SqlType(catalog, {type->element, ref.typmod}) + "[]";
  if (type->schema == kPgCatalogSchema) return BuiltInType(*type, ref.typmod);
  return Qualified(catalog, type->schema, type->name, catalog.FindType("", type->name) == type);
}

std::string SqlFunction(const Catalog& catalog, const Function& function) {
  bool visible = false;
  for (const Function* f : catalog.FindFunctions("", function.name)) {
    if (f->inputs != function.inputs) continue;
    visible = f == &function;
    break;
  }
  return Qualified(catalog, function.schema, function.name, visible);
}

std::string SqlType(const Catalog& catalog, const Column& column) {
  return column.type.type == 0 ? column.written_type : SqlType(catalog, column.type);
}

std::string SqlType(const Catalog& catalog, const FunctionArgument& argument) {
  return argument.type.type == 0 ? argument.written_type
                                 : SqlType(catalog, TypeRef{argument.type.type, -1});
}

std::string SqlSignature(const Catalog& catalog, const Function& function) {
  std::vector<std::string> types;
  for (const FunctionArgument& a : function.arguments) {
    if (a.mode != 'o' && a.mode != 't') types.push_back(SqlType(catalog, a));
  }
  if (types.size() != function.inputs.size()) {
    types.clear();
    for (Oid input : function.inputs) types.push_back(SqlType(catalog, TypeRef{input, -1}));
  }
  if (types.empty() && function.kind == FunctionKind::kAggregate) types.push_back("*");
  return SqlFunction(catalog, function) + "(" + Join(types, ", ") + ")";
}

std::string SqlNamed(const Catalog& catalog, const NamedObject& object) {
  const bool visible =
      object.schema == 0 || catalog.FindNamed(object.cls, "", object.name) == &object;
  return Qualified(catalog, object.schema, object.name, visible);
}

std::string SqlCollation(const Catalog& catalog, Oid oid) {
  const NamedObject* collation = catalog.named(oid);
  if (collation == nullptr) return "";
  if (collation->schema == kPgCatalogSchema) return "\"" + collation->name + "\"";
  return SqlNamed(catalog, *collation);
}

std::string SqlOperatorClass(const Catalog& catalog, const OperatorClass& opclass) {
  bool visible = opclass.schema == kPgCatalogSchema;
  for (Oid schema : catalog.SearchPath()) visible = visible || schema == opclass.schema;
  return Qualified(catalog, opclass.schema, opclass.name, visible);
}

std::string SqlColumns(const Relation& relation, const std::vector<std::int16_t>& numbers) {
  std::vector<std::string> names;
  for (std::int16_t number : numbers) {
    const Column* column = relation.FindColumn(number);
    if (column != nullptr) names.push_back(QuoteIdentifier(column->name));
  }
  return Join(names, ", ");
}

std::string SqlOptions(const std::map<std::string, std::string>& options) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : options) {
    parts.push_back(value.empty()
                        ? name
                        : name + "=" +
                              (QuoteIdentifier(value) == value ||
                                       value.find_first_not_of("0123456789.-") == std::string::npos
                                   ? value
                                   : QuoteLiteral(value)));
  }
  return parts.empty() ? "" : "(" + Join(parts, ", ") + ")";
}

std::string SqlKind(const Catalog& catalog, ObjectRef object) {
  switch (object.cls) {
    case ObjectClass::kSchema:
      return "SCHEMA";
    case ObjectClass::kRelation: {
      const Relation* r = catalog.relation(object.oid);
      if (object.column != 0) return "COLUMN";
      return r == nullptr ? "" : RelationWord(r->kind);
    }
    case ObjectClass::kType: {
      const Type* t = catalog.type(object.oid);
      return t != nullptr && t->kind == TypeKind::kDomain ? "DOMAIN" : "TYPE";
    }
    case ObjectClass::kFunction: {
      const Function* f = catalog.function(object.oid);
      return f == nullptr ? "" : FunctionWord(f->kind);
    }
    case ObjectClass::kConstraint:
      return "CONSTRAINT";
    case ObjectClass::kTrigger:
      return "TRIGGER";
    case ObjectClass::kRule:
      return "RULE";
    case ObjectClass::kPolicy:
      return "POLICY";
    case ObjectClass::kExtension:
      return "EXTENSION";
    case ObjectClass::kRole:
      return "ROLE";
    case ObjectClass::kOperator:
      return "OPERATOR";
    case ObjectClass::kOperatorClass:
      return "OPERATOR CLASS";
    case ObjectClass::kCast:
      return "CAST";
    default:
      return NamedWord(object.cls);
  }
}

std::string SqlObject(const Catalog& c, ObjectRef object) {
  const std::string kind = SqlKind(c, object);
  if (kind.empty()) return "";
  auto with = [&](const std::string& name) { return kind + " " + name; };
  switch (object.cls) {
    case ObjectClass::kSchema: {
      const Schema* s = c.schema(object.oid);
      return s == nullptr ? "" : with(QuoteIdentifier(s->name));
    }
    case ObjectClass::kRelation: {
      if (object.column == 0) return with(SqlRelation(c, object.oid));
      const Relation* r = c.relation(object.oid);
      const Column* column = r == nullptr ? nullptr : r->FindColumn(object.column);
      return column == nullptr
                 ? ""
                 : with(SqlRelation(c, object.oid) + "." + QuoteIdentifier(column->name));
    }
    case ObjectClass::kType:
      return with(SqlType(c, {object.oid, -1}));
    case ObjectClass::kFunction: {
      const Function* f = c.function(object.oid);
      return f == nullptr ? "" : with(SqlSignature(c, *f));
    }
    case ObjectClass::kConstraint: {
      const Constraint* x = c.constraint(object.oid);
      if (x == nullptr) return "";
      if (x->relation == 0)
        return with(QuoteIdentifier(x->name) + " ON DOMAIN " + SqlType(c, {x->domain, -1}));
      return with(PartOf(c, x->name, x->relation));
    }
    case ObjectClass::kTrigger: {
      const Trigger* x = c.trigger(object.oid);
      return x == nullptr ? "" : with(PartOf(c, x->name, x->relation));
    }
    case ObjectClass::kRule: {
      const Rule* x = c.rule(object.oid);
      return x == nullptr ? "" : with(PartOf(c, x->name, x->relation));
    }
    case ObjectClass::kPolicy: {
      const Policy* x = c.policy(object.oid);
      return x == nullptr ? "" : with(PartOf(c, x->name, x->relation));
    }
    case ObjectClass::kExtension: {
      const Extension* x = c.extension(object.oid);
      return x == nullptr ? "" : with(QuoteIdentifier(x->name));
    }
    case ObjectClass::kOperator: {
      const Operator* o = c.operator_(object.oid);
      if (o == nullptr) return "";
      const std::string left = o->left == 0 ? "NONE" : SqlType(c, {o->left, -1});
      const Schema* s = c.schema(o->schema);
      const std::string place = s == nullptr ? "" : QuoteIdentifier(s->name) + ".";
      return with(place + o->name + " (" + left + ", " + SqlType(c, {o->right, -1}) + ")");
    }
    case ObjectClass::kOperatorClass: {
      const OperatorClass* o = c.operator_class(object.oid);
      return o == nullptr ? ""
                          : with(SqlOperatorClass(c, *o) + " USING " + QuoteIdentifier(o->method));
    }
    case ObjectClass::kOperatorFamily: {
      const NamedObject* n = c.named(object.oid);
      if (n == nullptr || n->options.count("USING") == 0) return "";
      return with(SqlNamed(c, *n) + " USING " + n->options.at("USING"));
    }
    case ObjectClass::kUserMapping: {
      const NamedObject* n = c.named(object.oid);
      return n == nullptr ? "" : with(MappingOf(*n));
    }
    case ObjectClass::kCast: {
      const auto* cast = c.casts().Find(object.oid);
      if (cast == nullptr) return "";
      return with("(" + SqlType(c, {(*cast)->source, -1}) + " AS " +
                  SqlType(c, {(*cast)->target, -1}) + ")");
    }
    default: {
      const NamedObject* n = c.named(object.oid);
      return n == nullptr ? "" : with(SqlNamed(c, *n));
    }
  }
}

}  // namespace strata::catalog
