// Functions, procedures, aggregates.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> FunctionsQueries() {
  return {
      {"functions", R"sql(
SELECT 'pg_proc', p.oid, 6, 0, n.nspname, p.proname, '', pg_get_functiondef(p.oid)
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.prokind <> 'a' AND $own(n) AND $alone(pg_proc, p.oid) AND NOT EXISTS (SELECT FROM
  pg_depend i WHERE p.prolang = 12 AND i.classid = 'pg_proc'::regclass AND i.objid = p.oid AND
  i.deptype = 'i'))sql"},
      {"aggregates", R"sql(
SELECT 'pg_proc', p.oid, 7, 0, n.nspname, p.proname, '', 'CREATE AGGREGATE ' ||
  $name(n, p.proname) || '(' || CASE WHEN p.pronargs = 0 THEN '*' ELSE
  pg_get_function_arguments(p.oid) END || ') (SFUNC = ' || a.aggtransfn::regproc ||
  ', STYPE = ' || format_type(a.aggtranstype, NULL) || CASE WHEN a.aggtransspace <> 0 THEN
  ', SSPACE = ' || a.aggtransspace ELSE '' END || CASE WHEN a.aggfinalfn <> 0 THEN
  ', FINALFUNC = ' || a.aggfinalfn::regproc ELSE '' END || CASE WHEN a.aggfinalextra THEN ', FINALFUNC_EXTRA' ELSE
  '' END || CASE WHEN a.aggcombinefn <> 0
  THEN ', COMBINEFUNC = ' || a.aggcombinefn::regproc ELSE '' END || CASE WHEN a.aggserialfn <> 0 THEN ', SERIALFUNC = ' ||
  a.aggserialfn || ', DESERIALFUNC = ' || a.aggdeserialfn ELSE '' END || coalesce(', INITCOND = '
  || quote_literal(a.agginitval), '') || CASE WHEN a.aggmtransfn <> 0 THEN ', MSFUNC = ' ||
  a.aggmtransfn || ', MINVFUNC = ' || a.aggminvtransfn || ', MSTYPE = ' ||
  format_type(a.aggmtranstype, NULL) || CASE WHEN a.aggmtransspace <> 0 THEN ', MSSPACE = ' ||
  a.aggmtransspace ELSE '' END || CASE WHEN a.aggmfinalfn <> 0 THEN ', MFINALFUNC = ' ||
  a.aggmfinalfn ELSE '' END || CASE WHEN a.aggmfinalextra THEN ', MFINALFUNC_EXTRA' ELSE '' END ||
  coalesce(', MINITCOND = ' || quote_literal(a.aggminitval), '') ELSE '' END || CASE WHEN
  a.aggsortop <> 0 THEN ', SORTOP = ' || (SELECT CASE sn.nspname WHEN 'pg_catalog' THEN s.oprname
  ELSE 'OPERATOR(' || quote_ident(sn.nspname) || '.' || s.oprname || ')' END FROM pg_operator s JOIN
  pg_namespace sn ON sn.oid = s.oprnamespace WHERE s.oid = a.aggsortop) ELSE '' END || CASE
  a.aggkind WHEN 'h' THEN ', HYPOTHETICAL' ELSE '' END || CASE p.proparallel WHEN 's' THEN
  ', PARALLEL = SAFE' WHEN 'r' THEN ', PARALLEL = RESTRICTED' ELSE '' END || ')'
  FROM pg_proc p JOIN pg_aggregate a ON a.aggfnoid = p.oid JOIN pg_namespace n ON n.oid =
  p.pronamespace WHERE $own(n) AND $alone(pg_proc, p.oid))sql"},
  };
}

}  // namespace strata::diff
