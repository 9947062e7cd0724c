// Operators, their classes and families, casts.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> OperatorsQueries() {
  return {
      {"operators", R"sql(
SELECT 'pg_operator', o.oid, 7, 0, n.nspname, o.oprname, '', 'CREATE OPERATOR ' ||
  quote_ident(n.nspname) || '.' || o.oprname || ' (FUNCTION = ' || o.oprcode || CASE WHEN o.oprleft
  <> 0 THEN ', LEFTARG = ' || format_type(o.oprleft, NULL) ELSE '' END || ', RIGHTARG = ' ||
  format_type(o.oprright, NULL) || CASE WHEN o.oprcom <> 0 THEN ', COMMUTATOR = ' || (SELECT
  'OPERATOR(' || quote_ident(cn.nspname) || '.' || c.oprname || ')' FROM pg_operator c JOIN
  pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid = o.oprcom) ELSE '' END || CASE WHEN
  o.oprnegate <> 0 THEN ', NEGATOR = ' || (SELECT 'OPERATOR(' || quote_ident(cn.nspname) || '.' ||
  c.oprname || ')' FROM pg_operator c JOIN pg_namespace cn ON cn.oid = c.oprnamespace WHERE c.oid =
  o.oprnegate) ELSE '' END || CASE WHEN o.oprrest <> 0 THEN ', RESTRICT = ' || o.oprrest ELSE ''
  END || CASE WHEN o.oprjoin <> 0 THEN ', JOIN = ' || o.oprjoin ELSE '' END || CASE WHEN
  o.oprcanhash THEN ', HASHES' ELSE '' END || CASE WHEN o.oprcanmerge THEN ', MERGES' ELSE '' END ||
  ')' FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
  WHERE o.oprcode <> 0 AND $own(n) AND $alone(pg_operator, o.oid))sql"},
      {"casts", R"sql(
SELECT 'pg_cast', x.oid, 7, 0, '', '', '', 'CREATE CAST (' || format_type(x.castsource, NULL) ||
  ' AS ' || format_type(x.casttarget, NULL) || ')' || CASE x.castmethod WHEN 'f' THEN
  ' WITH FUNCTION ' || x.castfunc::regprocedure WHEN 'i' THEN ' WITH INOUT' ELSE
  ' WITHOUT FUNCTION' END || CASE x.castcontext WHEN 'i' THEN ' AS IMPLICIT' WHEN 'a' THEN
  ' AS ASSIGNMENT' ELSE '' END FROM pg_cast x WHERE x.oid >= 16384 AND
  NOT EXISTS (SELECT 1 FROM pg_depend i WHERE i.classid = 'pg_cast'::regclass AND i.objid = x.oid AND
  i.deptype = 'i') AND $alone(pg_cast, x.oid))sql"},
      // A class makes a family of its own name by itself.
      {"operator families", R"sql(
SELECT 'pg_opfamily', f.oid, 7, 0, n.nspname, f.opfname, '', 'CREATE OPERATOR FAMILY ' ||
  $name(n, f.opfname) || ' USING ' || m.amname FROM pg_opfamily f JOIN pg_namespace n ON n.oid =
  f.opfnamespace JOIN pg_am m ON m.oid = f.opfmethod WHERE $own(n) AND NOT EXISTS (SELECT 1
  FROM pg_opclass c WHERE c.opcfamily = f.oid AND c.opcname = f.opfname) AND
  $alone(pg_opfamily, f.oid))sql"},
      {"operator classes", R"sql(
SELECT 'pg_opclass', c.oid, 8, 0, n.nspname, c.opcname, '', 'CREATE OPERATOR CLASS ' ||
  $name(n, c.opcname) || CASE WHEN c.opcdefault THEN ' DEFAULT' ELSE '' END || ' FOR TYPE ' ||
  format_type(c.opcintype, NULL) || ' USING ' || m.amname || ' FAMILY ' || (SELECT
  $name(fn, f.opfname) FROM pg_opfamily f JOIN pg_namespace fn ON fn.oid = f.opfnamespace
  WHERE f.oid = c.opcfamily) || ' AS ' || concat_ws(', ', (SELECT string_agg('OPERATOR ' ||
  a.amopstrategy || ' ' || a.amopopr::regoperator || CASE WHEN a.amopsortfamily <> 0 THEN
  ' FOR ORDER BY ' || (SELECT $name(sn, s.opfname) FROM pg_opfamily s JOIN pg_namespace sn ON sn.oid
  = s.opfnamespace WHERE s.oid = a.amopsortfamily) ELSE '' END, ', ' ORDER BY a.amopstrategy)
  FROM pg_amop a JOIN pg_depend e ON e.classid = 'pg_amop'::regclass AND e.objid = a.oid AND
  e.refclassid = 'pg_opclass'::regclass AND e.refobjid = c.oid), (SELECT string_agg('FUNCTION ' ||
  a.amprocnum || ' (' || format_type(a.amproclefttype, NULL) || ', ' ||
  format_type(a.amprocrighttype, NULL) || ') ' || a.amproc::regprocedure, ', ' ORDER BY a.amprocnum)
  FROM pg_amproc a JOIN pg_depend e ON e.classid = 'pg_amproc'::regclass AND e.objid = a.oid AND
  e.refclassid = 'pg_opclass'::regclass AND e.refobjid = c.oid), 'STORAGE ' ||
  format_type(coalesce(nullif(c.opckeytype, 0), c.opcintype), NULL))
  FROM pg_opclass c JOIN pg_namespace n ON n.oid = c.opcnamespace JOIN pg_am m ON m.oid =
  c.opcmethod WHERE $own(n) AND $alone(pg_opclass, c.oid))sql"},
  };
}

}  // namespace strata::diff
