// Views, and other rules.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> ViewsQueries() {
  return {
      {"views", R"sql(
SELECT 'pg_class', c.oid, 12, 0, n.nspname, c.relname, pg_get_userbyid(c.relowner),
  'CREATE ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED ' ELSE '' END || 'VIEW ' ||
  $name(n, c.relname) || ' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY
  a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT
  a.attisdropped) || ')' || coalesce(' WITH (' || array_to_string(c.reloptions, ', ') ||
  ')', '') || ' AS ' || rtrim(pg_get_viewdef(c.oid), ';') || CASE WHEN c.relkind = 'm' AND
  NOT c.relispopulated THEN ' WITH NO DATA' ELSE '' END FROM pg_class c JOIN pg_namespace n
  ON n.oid = c.relnamespace WHERE c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND
  $own(n) AND $alone(pg_class, c.oid))sql"},
      {"rules", R"sql(
SELECT 'pg_rewrite', r.oid, 13, c.oid, n.nspname, r.rulename, '',
  rtrim(pg_get_ruledef(r.oid), ';') FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
  JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND $own(n))sql"},
  };
}

}  // namespace strata::diff
