// What PostgreSQL 15 brings with it: the objects of pg_catalog and information_schema, and what the
// extensions of contrib make. Taken from PostgreSQL's own catalog (extract.sql); read-only.
//
// Returned pointers live as long as the process. Names are looked up in pg_catalog unless a schema
// is asked for. Null or empty: there is none.
#pragma once

#include <string_view>
#include <vector>

#include "catalog/objects.h"

namespace strata::catalog::facts {

constexpr Oid kPgCatalog = 11;
constexpr Oid kPublic = 2200;

const Schema* SchemaOf(Oid oid);  // pg_catalog, information_schema, pg_toast
const Schema* SchemaNamed(std::string_view name);

const Type* TypeOf(Oid oid);
const Type* TypeNamed(std::string_view name);

const Function* FunctionOf(Oid oid);
std::vector<const Function*> FunctionsNamed(std::string_view name);

const Operator* OperatorOf(Oid oid);
std::vector<const Operator*> OperatorsNamed(std::string_view name);

const OperatorClass* OperatorClassOf(Oid oid);
const OperatorClass* OperatorClassNamed(std::string_view method, std::string_view name);
// Every built-in operator class of an access method, default ones first.
std::vector<const OperatorClass*> OperatorClassesOf(std::string_view method);

const Cast* CastBetween(Oid source, Oid target);

// System tables and views, with their columns.
const Relation* RelationOf(Oid oid);
const Relation* RelationNamed(std::string_view schema, std::string_view name);

// Collations, languages, access methods, text-search objects, conversions, operator families, …
const NamedObject* NamedOf(Oid oid);
const NamedObject* NamedNamed(ObjectClass cls, std::string_view name);

// What CREATE EXTENSION makes, with numbers of its own that no other object has (below 2^32, above
// 2^31); `schema` is 0 where the extension leaves it to CREATE EXTENSION.
struct ExtensionContents {
  std::string name, version;
  std::string schema;                  // fixed by its control file, or ""
  std::vector<std::string> requires_;  // other extensions
  std::vector<Type> types;
  std::vector<Function> functions;
  std::vector<Operator> operators;
  std::vector<OperatorClass> operator_classes;
  std::vector<Cast> casts;
  std::vector<Relation> relations;     // views and tables it makes
  std::vector<NamedObject> named;
};
const ExtensionContents* ExtensionNamed(std::string_view name);
std::vector<std::string> ExtensionNames();

}  // namespace strata::catalog::facts
