// Schemas, extensions, roles.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> SchemasQueries() {
  return {
      {"schemas", R"sql(
SELECT 'pg_namespace', n.oid, 0, 0, n.nspname, n.nspname, '', 'CREATE SCHEMA ' ||
  quote_ident(n.nspname) FROM pg_namespace n WHERE n.nspname <> 'public' AND $own(n) AND
  $alone(pg_namespace, n.oid))sql"},
      {"extensions", R"sql(
SELECT 'pg_extension', e.oid, 1, 0, '', e.extname, '', 'CREATE EXTENSION ' ||
  quote_ident(e.extname) || ' WITH SCHEMA ' || quote_ident(n.nspname)
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
  WHERE e.extname <> 'plpgsql')sql"},
      {"roles", R"sql(
SELECT 'pg_authid', r.oid, 0, 0, '', r.rolname, '', 'CREATE ROLE ' || quote_ident(r.rolname)
  FROM pg_roles r WHERE r.rolname !~ '^pg_' AND r.rolname <> 'postgres')sql"},
  };
}

}  // namespace strata::diff
