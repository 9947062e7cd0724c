// Tables and the defaults of columns.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> TablesQueries() {
  return {
      {"tables", R"sql(
WITH cols AS (SELECT a.attrelid, string_agg(quote_ident(a.attname) || ' ' ||
  format_type(a.atttypid, a.atttypmod) || $options(a.attfdwoptions) || coalesce(' COLLATE ' || $name(cn, co.collname),
  '') || CASE WHEN a.attidentity <> '' THEN ' GENERATED ' || CASE a.attidentity WHEN 'a'
  THEN 'ALWAYS' ELSE 'BY DEFAULT' END || ' AS IDENTITY (' || (SELECT 'SEQUENCE NAME ' ||
  $name(sn, sc.relname) || ' START WITH ' || s.seqstart || ' INCREMENT BY ' ||
  s.seqincrement || ' MINVALUE ' || s.seqmin || ' MAXVALUE ' || s.seqmax || ' CACHE ' ||
  s.seqcache || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END
  FROM pg_depend i JOIN pg_sequence s ON s.seqrelid = i.objid JOIN pg_class sc ON sc.oid =
  s.seqrelid JOIN pg_namespace sn ON sn.oid = sc.relnamespace
  WHERE i.refclassid = 'pg_class'::regclass AND i.refobjid = a.attrelid AND i.refobjsubid =
  a.attnum AND i.deptype = 'i' AND i.classid = 'pg_class'::regclass) || ')' ELSE '' END ||
  CASE WHEN a.attgenerated = 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin,
  d.adrelid) || ') STORED' ELSE '' END || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE ''
  END, ', ' ORDER BY a.attnum) FILTER (WHERE a.attislocal OR c.relispartition) AS text
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid =
  a.atttypid LEFT JOIN pg_collation co ON co.oid = a.attcollation AND a.attcollation <>
  t.typcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace LEFT JOIN pg_attrdef
  d ON d.adrelid = a.attrelid AND d.adnum = a.attnum WHERE a.attnum > 0 AND NOT
  a.attisdropped AND c.relkind IN ('r', 'p', 'f') GROUP BY a.attrelid)
  SELECT 'pg_class', c.oid, 4, 0, n.nspname, c.relname, pg_get_userbyid(c.relowner),
  'CREATE ' || CASE c.relpersistence WHEN 'u' THEN 'UNLOGGED ' ELSE '' END || CASE c.relkind
  WHEN 'f' THEN 'FOREIGN ' ELSE '' END || 'TABLE ' || $name(n, c.relname) || CASE WHEN
  c.reloftype <> 0 THEN ' OF ' || format_type(c.reloftype, NULL) ELSE ' (' ||
  coalesce(cols.text, '') || ')' END || CASE WHEN NOT c.relispartition THEN
  coalesce(' INHERITS (' || (SELECT string_agg($name(pn, p.relname), ', ' ORDER BY
  i.inhseqno) FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn
  ON pn.oid = p.relnamespace WHERE i.inhrelid = c.oid) || ')', '') ELSE '' END || CASE WHEN
  c.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(c.oid) ELSE '' END || CASE WHEN
  c.relkind = 'f' THEN (SELECT ' SERVER ' || quote_ident(v.srvname) || $options(f.ftoptions)
  FROM pg_foreign_table f JOIN pg_foreign_server v ON v.oid = f.ftserver
  WHERE f.ftrelid = c.oid) ELSE '' END || coalesce((SELECT
  ' USING ' || quote_ident(am.amname) FROM pg_am am WHERE am.oid = c.relam AND am.amname <> 'heap'
  AND c.relkind <> 'p'), '') || coalesce(' WITH (' ||
  array_to_string(c.reloptions, ', ') || ')', '') || CASE WHEN c.relispartition THEN (SELECT
  E';\nALTER TABLE ' || $name(pn, p.relname) || ' ATTACH PARTITION ' || $name(n, c.relname)
  || ' ' || pg_get_expr(c.relpartbound, c.oid) FROM pg_inherits i JOIN pg_class p ON p.oid =
  i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
  WHERE i.inhrelid = c.oid) ELSE '' END || CASE WHEN c.relrowsecurity THEN
  E';\nALTER TABLE ' || $name(n, c.relname) || ' ENABLE ROW LEVEL SECURITY' ELSE '' END ||
  CASE WHEN c.relforcerowsecurity THEN E';\nALTER TABLE ' || $name(n, c.relname) ||
  ' FORCE ROW LEVEL SECURITY' ELSE '' END || CASE WHEN c.relkind = 'f' THEN '' WHEN c.relreplident = 'f' THEN
  E';\nALTER TABLE ' || $name(n, c.relname) || ' REPLICA IDENTITY FULL' WHEN c.relreplident = 'n' THEN
  E';\nALTER TABLE ' || $name(n, c.relname) || ' REPLICA IDENTITY NOTHING' ELSE '' END ||
  coalesce((SELECT string_agg(E';\nALTER TABLE ' || $name(n, c.relname) || ' ALTER COLUMN '
  || quote_ident(a.attname) || ' SET NOT NULL', '' ORDER BY a.attnum) FROM pg_attribute a WHERE
  c.reloftype <> 0 AND a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull), '') ||
  coalesce((SELECT string_agg(E';\nALTER TABLE ' || $name(n, c.relname) || ' ALTER COLUMN '
  || quote_ident(a.attname) || ' SET STATISTICS ' || a.attstattarget, '' ORDER BY a.attnum)
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND
  a.attstattarget >= 0), '') || coalesce((SELECT string_agg(E';\nALTER TABLE ' ||
  $name(n, c.relname) || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET (' ||
  array_to_string(a.attoptions, ', ') || ')', '' ORDER BY a.attnum) FROM pg_attribute a WHERE
  a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attoptions IS NOT NULL), '') ||
  coalesce((SELECT string_agg(E';\nALTER TABLE ' ||
  $name(n, c.relname) || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET STORAGE ' ||
  CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE
  'EXTENDED' END, '' ORDER BY a.attnum) FROM pg_attribute a JOIN pg_type t ON t.oid =
  a.atttypid WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND
  a.attstorage <> t.typstorage), '') FROM pg_class c JOIN pg_namespace n ON n.oid =
  c.relnamespace LEFT JOIN cols ON cols.attrelid = c.oid WHERE c.relkind IN ('r', 'p', 'f')
  AND c.relpersistence <> 't' AND $own(n) AND $alone(pg_class, c.oid))sql"},
      {"defaults", R"sql(
SELECT 'pg_attrdef', d.oid, 8, c.oid, n.nspname, c.relname, '', 'ALTER TABLE ONLY ' ||
  $name(n, c.relname) || ' ALTER COLUMN ' || quote_ident(a.attname) || ' SET DEFAULT ' ||
  pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid =
  d.adrelid AND a.attnum = d.adnum WHERE a.attgenerated = '' AND c.relkind IN ('r', 'p',
  'f', 'v') AND $own(n))sql"},
  };
}

}  // namespace strata::diff
