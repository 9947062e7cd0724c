// Constraints of tables.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> ConstraintsQueries() {
  return {
      {"constraints", R"sql(
SELECT 'pg_constraint', x.oid, CASE x.contype WHEN 'f' THEN 11 ELSE 9 END, c.oid, n.nspname,
  x.conname, '', 'ALTER TABLE ' || $name(n, c.relname) || ' ADD CONSTRAINT ' ||
  quote_ident(x.conname) || ' ' || pg_get_constraintdef(x.oid) || CASE WHEN i.indisclustered THEN
  E';\nALTER TABLE ' || $name(n, c.relname) || ' CLUSTER ON ' || quote_ident(x.conname) ELSE ''
  END || CASE WHEN i.indisreplident THEN E';\nALTER TABLE ' || $name(n, c.relname) ||
  ' REPLICA IDENTITY USING INDEX ' || quote_ident(x.conname) ELSE '' END
  FROM pg_constraint x LEFT JOIN pg_index i ON i.indexrelid = x.conindid AND x.contype <> 'f'
  JOIN pg_class c ON c.oid = x.conrelid JOIN pg_namespace n ON n.oid =
  c.relnamespace WHERE x.contype IN ('c', 'p', 'u', 'x', 'f') AND x.conparentid = 0 AND
  (x.conislocal OR x.coninhcount = 0) AND $own(n))sql"},
  };
}

}  // namespace strata::diff
