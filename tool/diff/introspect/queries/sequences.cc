// Sequences and who owns them.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> SequencesQueries() {
  return {
      {"sequences", R"sql(
SELECT 'pg_class', c.oid, 3, 0, n.nspname, c.relname, pg_get_userbyid(c.relowner), 'CREATE '
  || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || 'SEQUENCE ' ||
  $name(n, c.relname) || ' AS ' || format_type(s.seqtypid, NULL) || ' START WITH ' ||
  s.seqstart || ' INCREMENT BY ' || s.seqincrement || ' MINVALUE ' || s.seqmin ||
  ' MAXVALUE ' || s.seqmax || ' CACHE ' || s.seqcache || CASE WHEN s.seqcycle THEN ' CYCLE'
  ELSE '' END FROM pg_class c JOIN pg_sequence s ON s.seqrelid = c.oid JOIN pg_namespace n
  ON n.oid = c.relnamespace WHERE $own(n) AND $alone(pg_class, c.oid) AND NOT EXISTS (SELECT
  1 FROM pg_depend i WHERE i.classid = 'pg_class'::regclass AND i.objid = c.oid AND
  i.deptype = 'i') AND c.relpersistence <> 't')sql"},
      {"owned sequences", R"sql(
SELECT 'owned', s.oid, 5, c.oid, n.nspname, s.relname, '', 'ALTER SEQUENCE ' ||
  $name(sn, s.relname) || ' OWNED BY ' || $name(n, c.relname) || '.' ||
  quote_ident(a.attname) FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind =
  'S' JOIN pg_namespace sn ON sn.oid = s.relnamespace JOIN pg_class c ON c.oid = d.refobjid
  JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid =
  d.refobjid AND a.attnum = d.refobjsubid WHERE d.classid = 'pg_class'::regclass AND
  d.refclassid = 'pg_class'::regclass AND d.deptype = 'a' AND $own(n))sql"},
  };
}

}  // namespace strata::diff
