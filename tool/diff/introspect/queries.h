// What the server is asked. PostgreSQL 12 and newer.
#pragma once

#include <climits>
#include <string>
#include <vector>

namespace strata::diff {

// Objects: columns class (a catalog's name), oid, phase, relation (oid it stands on, or 0), schema,
// name, owner, sql. A phase puts in order what pg_depend does not.
struct ObjectQuery {
  const char* what;
  std::string sql;
  int since = 0, before = INT_MAX;  // which servers have such: server_version_num
};
std::vector<ObjectQuery> ObjectQueries();

// One function per file of queries/; their words with $ stand for more: queries.cc.
std::vector<ObjectQuery> SchemasQueries();
std::vector<ObjectQuery> TypesQueries();
std::vector<ObjectQuery> TablesQueries();
std::vector<ObjectQuery> SequencesQueries();
std::vector<ObjectQuery> FunctionsQueries();
std::vector<ObjectQuery> ConstraintsQueries();
std::vector<ObjectQuery> IndexesQueries();
std::vector<ObjectQuery> ViewsQueries();
std::vector<ObjectQuery> AttachedQueries();
std::vector<ObjectQuery> TextSearchQueries();
std::vector<ObjectQuery> NamedQueries();
std::vector<ObjectQuery> OperatorsQueries();
std::vector<ObjectQuery> RemarksQueries();

// Columns class, oid, refclass, refoid.
extern const char kDependQuery[];
// Columns class, oid, class of the whole, oid of the whole: row types, array types, indexes of
// constraints, view rules, identity sequences, generated columns' expressions.
extern const char kWholeQuery[];
// Columns kind, name: what none of the queries reads.
extern const char kLeftOutQuery[];

}  // namespace strata::diff
