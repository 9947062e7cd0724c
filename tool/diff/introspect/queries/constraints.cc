// Constraints of tables.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> ConstraintsQueries() {
  return {
      {"constraints", R"sql(
SELECT 'pg_constraint', x.oid, CASE x.contype WHEN 'f' THEN 11 ELSE 9 END, c.oid, n.nspname,
  x.conname, '', 'ALTER TABLE ' || $name(n, c.relname) || ' ADD CONSTRAINT ' ||
  quote_ident(x.conname) || ' ' || pg_get_constraintdef(x.oid)
  FROM pg_constraint x JOIN pg_class c ON c.oid = x.conrelid JOIN pg_namespace n ON n.oid =
  c.relnamespace WHERE x.contype IN ('c', 'p', 'u', 'x', 'f') AND x.conparentid = 0 AND
  (x.conislocal OR x.coninhcount = 0) AND $own(n))sql"},
  };
}

}  // namespace strata::diff
