// Triggers and policies.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> AttachedQueries() {
  return {
      {"triggers", R"sql(
SELECT 'pg_trigger', t.oid, 13, c.oid, n.nspname, t.tgname, '', pg_get_triggerdef(t.oid) ||
  CASE WHEN t.tgenabled <> 'O' THEN E';\nALTER TABLE ' || $name(n, c.relname) || CASE
  t.tgenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS'
  END || ' TRIGGER ' || quote_ident(t.tgname) ELSE '' END FROM pg_trigger t JOIN pg_class c
  ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE NOT t.tgisinternal AND coalesce((to_jsonb(t) ->> 'tgparentid')::oid, 0) = 0 AND
  $own(n))sql"},
      {"policies", R"sql(
SELECT 'pg_policy', p.oid, 13, c.oid, n.nspname, p.polname, '', 'CREATE POLICY ' ||
  quote_ident(p.polname) || ' ON ' || $name(n, c.relname) || CASE WHEN p.polpermissive THEN
  '' ELSE ' AS RESTRICTIVE' END || ' FOR ' || CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a'
  THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END || ' TO ' ||
  (SELECT string_agg(CASE WHEN o = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o)) END,
  ', ') FROM unnest(p.polroles) o) || coalesce(' USING (' || pg_get_expr(p.polqual,
  p.polrelid) || ')', '') || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck,
  p.polrelid) || ')', '') FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN
  pg_namespace n ON n.oid = c.relnamespace WHERE $own(n))sql"},
  };
}

}  // namespace strata::diff
