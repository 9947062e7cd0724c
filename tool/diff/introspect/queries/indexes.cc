// Indexes and extended statistics.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> IndexesQueries() {
  return {
      {"indexes", R"sql(
SELECT 'pg_class', c.oid, 10, i.indrelid, n.nspname, c.relname, '',
  replace(pg_get_indexdef(c.oid), ' ON ONLY ', ' ON ') || CASE WHEN i.indisclustered THEN
  E';\nALTER TABLE ' || $name(n, t.relname) || ' CLUSTER ON ' || quote_ident(c.relname) ELSE
  '' END || CASE WHEN i.indisreplident THEN E';\nALTER TABLE ' || $name(n, t.relname) ||
  ' REPLICA IDENTITY USING INDEX ' || quote_ident(c.relname) ELSE '' END
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid =
  i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE $own(n) AND i.indisvalid
  AND NOT EXISTS (SELECT 1 FROM pg_constraint x WHERE x.conindid = c.oid AND x.contype IN
  ('p', 'u', 'x')) AND NOT EXISTS (SELECT 1 FROM pg_inherits h
  WHERE h.inhrelid = c.oid) AND $alone(pg_class, t.oid))sql"},
      {"statistics", R"sql(
SELECT 'pg_statistic_ext', s.oid, 14, s.stxrelid, n.nspname, s.stxname, '',
  pg_get_statisticsobjdef(s.oid) FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid =
  s.stxnamespace WHERE $own(n))sql"},
  };
}

}  // namespace strata::diff
