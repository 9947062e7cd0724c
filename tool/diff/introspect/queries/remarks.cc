// Comments and privileges.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> RemarksQueries() {
  return {
      {"comments", R"sql(
SELECT 'comment', d.objoid, 20, CASE WHEN d.classoid = 'pg_class'::regclass THEN d.objoid
  ELSE 0 END, '', '', '', 'COMMENT ON ' || CASE i.type WHEN 'table column' THEN 'COLUMN'
  WHEN 'view column' THEN 'COLUMN' WHEN 'materialized view column' THEN 'COLUMN' WHEN
  'foreign table column' THEN 'COLUMN' WHEN 'composite type column' THEN 'COLUMN' WHEN
  'composite type' THEN 'TYPE' WHEN 'table constraint' THEN 'CONSTRAINT' WHEN
  'domain constraint' THEN 'CONSTRAINT' ELSE upper(i.type) END || ' ' || CASE WHEN i.type =
  'domain constraint' THEN replace(i.identity, ' on ', ' ON DOMAIN ') ELSE i.identity END ||
  ' IS ' || quote_literal(d.description) FROM pg_description d,
  pg_identify_object(d.classoid, d.objoid, d.objsubid) i WHERE d.objoid >= 16384 AND
  d.classoid <> 'pg_extension'::regclass AND NOT EXISTS (SELECT 1
  FROM pg_depend x WHERE x.classid = d.classoid AND x.objid = d.objoid AND x.deptype = 'e'))sql"},
      {"privileges", R"sql(
WITH acl AS (SELECT c.oid, CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE 'TABLE ' END ||
  $name(n, c.relname) AS target, '' AS col, c.relowner AS owner, c.relacl AS acl, false AS
  open FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND c.relacl IS NOT NULL AND $own(n) AND
  $alone(pg_class, c.oid) UNION ALL SELECT c.oid, 'TABLE ' || $name(n, c.relname), ' (' ||
  quote_ident(a.attname) || ')', c.relowner, a.attacl, false FROM pg_attribute a JOIN
  pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND $own(n)
  UNION ALL SELECT 0, 'SCHEMA ' || quote_ident(n.nspname), '', n.nspowner, CASE WHEN
  n.nspname = 'public' THEN (SELECT array_agg(i) FROM unnest(n.nspacl) i
  WHERE i::text !~ '^=UC?/') ELSE n.nspacl END, n.nspname = 'public' AND n.nspacl::text !~
  '[{,]=U' FROM pg_namespace n WHERE n.nspacl IS NOT NULL AND $own(n)
  UNION ALL SELECT 0, CASE p.prokind WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END ||
  p.oid::regprocedure, '', p.proowner, p.proacl, true FROM pg_proc p JOIN pg_namespace n ON
  n.oid = p.pronamespace WHERE p.proacl IS NOT NULL AND $own(n) AND $alone(pg_proc, p.oid)
  UNION ALL SELECT 0, 'TYPE ' || t.oid::regtype, '', t.typowner, t.typacl, true
  FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typacl IS NOT NULL AND t.typtype IN ('e', 'd', 'r', 'b') AND t.typelem = 0 AND
  $own(n)) SELECT 'grant', acl.oid, 21, acl.oid, '', '', '', coalesce(nullif(CASE WHEN
  acl.open AND NOT EXISTS (SELECT 1 FROM aclexplode(acl.acl) e
  WHERE e.grantee = 0) THEN 'REVOKE ALL ON ' || acl.target || ' FROM PUBLIC' ELSE '' END ||
  coalesce((SELECT string_agg(E';\nGRANT ' || e.privilege_type || acl.col || ' ON ' ||
  acl.target || ' TO ' || CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE
  quote_ident(pg_get_userbyid(e.grantee)) END || CASE WHEN e.is_grantable THEN
  ' WITH GRANT OPTION' ELSE '' END, '' ORDER BY e.grantee, e.privilege_type)
  FROM aclexplode(acl.acl) e WHERE e.grantee <> acl.owner), ''), ''), 'SELECT 1')
  FROM acl)sql"},
      {"default privileges", R"sql(
WITH kept AS (SELECT d.oid, d.defaclrole, d.defaclnamespace, d.defaclobjtype, d.defaclacl,
  CASE WHEN d.defaclnamespace = 0 THEN acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's'
    ELSE d.defaclobjtype END::"char", d.defaclrole) END AS usual,
  'ALTER DEFAULT PRIVILEGES ' || CASE WHEN d.defaclrole = (SELECT b.datdba FROM pg_database b
    WHERE b.datname = current_database()) THEN '' ELSE 'FOR ROLE ' ||
    quote_ident(pg_get_userbyid(d.defaclrole)) || ' ' END ||
    coalesce((SELECT 'IN SCHEMA ' || quote_ident(n.nspname) || ' ' FROM pg_namespace n
      WHERE n.oid = d.defaclnamespace), '') AS head,
  CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
    WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END AS objects
  FROM pg_default_acl d),
part AS (SELECT k.oid, k.head || 'REVOKE ' || e.privilege_type || ' ON ' || k.objects || ' FROM ' ||
    CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(e.grantee)) END AS sql
  FROM kept k, aclexplode(k.usual) e WHERE NOT EXISTS (SELECT FROM aclexplode(k.defaclacl) x
    WHERE x.grantee = e.grantee AND x.privilege_type = e.privilege_type)
  UNION ALL SELECT k.oid, k.head || 'GRANT ' || e.privilege_type || ' ON ' || k.objects || ' TO ' ||
    CASE WHEN e.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(e.grantee)) END ||
    CASE WHEN e.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
  FROM kept k, aclexplode(k.defaclacl) e WHERE NOT EXISTS (SELECT FROM aclexplode(k.usual) x
    WHERE x.grantee = e.grantee AND x.privilege_type = e.privilege_type))
SELECT 'pg_default_acl', p.oid, 22, 0, '', '', '', string_agg(p.sql, E';\n' ORDER BY p.sql DESC)
FROM part p GROUP BY p.oid)sql"},
  };
}

}  // namespace strata::diff
