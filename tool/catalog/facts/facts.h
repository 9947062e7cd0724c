// What PostgreSQL 15 brings with it: the objects of pg_catalog and information_schema, and what the
// extensions of contrib make. Taken from a real server's catalog by extract.sh; read-only.
//
// The data is text inside the program, searched where it lies; an object is made when it is first
// asked for. Returned pointers live as long as the process; any thread may ask. Names are looked up
// in pg_catalog unless a schema is asked for. Null or empty: there is none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "catalog/objects.h"

namespace strata::catalog::facts {

constexpr Oid kPgCatalog = 11;
constexpr Oid kPgToast = 99;
constexpr Oid kPublic = 2200;
Oid InformationSchema();

const Schema* SchemaOf(Oid oid);  // pg_catalog, information_schema, pg_toast, public
const Schema* SchemaNamed(std::string_view name);

const Type* TypeOf(Oid oid);
const Type* TypeNamed(std::string_view name);
const Type* TypeNamed(Oid schema, std::string_view name);

const Function* FunctionOf(Oid oid);
std::vector<const Function*> FunctionsNamed(std::string_view name);
std::vector<const Function*> FunctionsNamed(Oid schema, std::string_view name);
std::vector<std::string> FunctionNames();  // for "did you mean"

// Of an ordered-set ('o') or hypothetical-set ('h') aggregate the arguments before WITHIN GROUP;
// kind 'n' for every other.
struct AggregateShape {
  char kind = 'n';
  int direct_arguments = 0;
};
AggregateShape ShapeOfAggregate(Oid function);

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
std::vector<std::string> RelationNames(std::string_view schema);

// Collations, languages, access methods (options["type"]: "i" index, "t" table), conversions,
// operator families (options["method"]), tablespaces and text-search objects.
const NamedObject* NamedOf(Oid oid);
const NamedObject* NamedNamed(ObjectClass cls, std::string_view name);
std::vector<std::string> NamesOf(ObjectClass cls);

// Predefined roles and the superuser "postgres".
bool IsRole(std::string_view name);
// Settings (GUC) of the server itself; a name with a dot may be anyone's.
bool IsSetting(std::string_view name);
std::vector<std::string> SettingNames();

// What CREATE EXTENSION makes, with numbers of its own that no other object has (below 2^32, above
// 2^31) and that are the same wherever it is installed; `schema` is 0 where the extension leaves it
// to CREATE EXTENSION. Functions' defaults are counted, not given.
struct ExtensionContents {
  std::string name, version;
  std::string schema;  // fixed by its control file, or ""
  bool relocatable = true, trusted = false;
  std::vector<std::string> requires_;  // other extensions
  std::vector<Type> types;
  std::vector<Function> functions;
  std::vector<Operator> operators;
  std::vector<OperatorClass> operator_classes;
  std::vector<Cast> casts;
  std::vector<Relation> relations;  // views and tables it makes
  std::vector<NamedObject> named;   // access methods, foreign-data wrappers, text-search objects
};
// Null: PostgreSQL would say that the extension is not available.
const ExtensionContents* ExtensionNamed(std::string_view name);
std::vector<std::string> ExtensionNames();
// The extension that brings a function, type or operator class of that name, or "". Reads all of
// them: for messages.
std::string ExtensionWith(ObjectClass cls, std::string_view name);

}  // namespace strata::catalog::facts
