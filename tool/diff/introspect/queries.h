// What the server is asked. PostgreSQL 12 and newer.
#pragma once

namespace strata::diff {

// Objects: columns class (a catalog's name), oid, phase, relation (oid it stands on, or 0), schema,
// name, owner, sql. A phase puts in order what pg_depend does not.
struct ObjectQuery {
  const char* what;
  const char* sql;
};
extern const ObjectQuery kObjectQueries[];
extern const int kObjectQueryCount;

// Columns class, oid, refclass, refoid.
extern const char kDependQuery[];
// Columns class, oid, class of the whole, oid of the whole: row types, array types, indexes of
// constraints, view rules, identity sequences, generated columns' expressions.
extern const char kWholeQuery[];

}  // namespace strata::diff
