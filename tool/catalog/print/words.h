// Names and types as SQL writes them: quoted where needed, with the schema unless the search path
// finds the object without it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "catalog/catalog.h"

namespace strata::catalog {

std::string SqlRelation(const Catalog& catalog, Oid relation);
// "integer", "character varying(80)", "status[]", "timestamp(3) with time zone"
std::string SqlType(const Catalog& catalog, TypeRef type);
// The same, or as it was written where an extension that is not known brings the type; an
// argument's without its modifier, which PostgreSQL forgets.
std::string SqlType(const Catalog& catalog, const Column& column);
std::string SqlType(const Catalog& catalog, const FunctionArgument& argument);
std::string SqlFunction(const Catalog& catalog, const Function& function);
// With the input types, as DROP, COMMENT and GRANT take it: "f(integer, text)", "agg(*)".
std::string SqlSignature(const Catalog& catalog, const Function& function);
// The name alone, with the schema where it has to be said.
std::string SqlNamed(const Catalog& catalog, const NamedObject& object);
std::string SqlCollation(const Catalog& catalog, Oid collation);
std::string SqlOperatorClass(const Catalog& catalog, const OperatorClass& opclass);

// "a, b" of a relation's columns.
std::string SqlColumns(const Relation& relation, const std::vector<std::int16_t>& numbers);
// "(fillfactor=70)"; "" where there is none.
std::string SqlOptions(const std::map<std::string, std::string>& options);

// What COMMENT ON, GRANT ON and DROP call the object: TABLE users, COLUMN users.bio,
// CONSTRAINT c ON users, FUNCTION f(integer); "" where SQL has no such word.
std::string SqlObject(const Catalog& catalog, ObjectRef object);
// "TABLE", "MATERIALIZED VIEW", "AGGREGATE", …
std::string SqlKind(const Catalog& catalog, ObjectRef object);

// Without parentheses round the whole.
std::string Bare(std::string text);
// In parentheses unless it is a call, as an index key or a partition key stands.
std::string KeyExpression(const std::string& text);

std::string Join(const std::vector<std::string>& parts, const std::string& between);

}  // namespace strata::catalog
