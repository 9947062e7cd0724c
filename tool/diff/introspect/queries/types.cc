// Types, what belongs to them, and collations.
#include "diff/introspect/queries.h"

namespace strata::diff {

std::vector<ObjectQuery> TypesQueries() {
  return {
      {"enums", R"sql(
SELECT 'pg_type', t.oid, 2, 0, n.nspname, t.typname, '', 'CREATE TYPE ' ||
  $name(n, t.typname) || ' AS ENUM (' || coalesce((SELECT
  string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
  FROM pg_enum e WHERE e.enumtypid = t.oid), '') || ')' FROM pg_type t JOIN pg_namespace n
  ON n.oid = t.typnamespace WHERE t.typtype = 'e' AND $own(n) AND $alone(pg_type, t.oid))sql"},
      {"domains", R"sql(
SELECT 'pg_type', t.oid, 2, 0, n.nspname, t.typname, '', 'CREATE DOMAIN ' ||
  $name(n, t.typname) || ' AS ' || format_type(t.typbasetype, t.typtypmod) ||
  coalesce((SELECT ' COLLATE ' || $name(cn, c.collname) FROM pg_collation c JOIN
  pg_namespace cn ON cn.oid = c.collnamespace JOIN pg_type b ON b.oid = t.typbasetype
  WHERE c.oid = t.typcollation AND t.typcollation <> b.typcollation), '') ||
  coalesce(' DEFAULT ' || pg_get_expr(t.typdefaultbin, 0), '') || CASE WHEN t.typnotnull
  THEN ' NOT NULL' ELSE '' END FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'd' AND $own(n) AND $alone(pg_type, t.oid))sql"},
      {"ranges", R"sql(
SELECT 'pg_type', t.oid, 2, 0, n.nspname, t.typname, '', 'CREATE TYPE ' ||
  $name(n, t.typname) || ' AS RANGE (subtype = ' || format_type(r.rngsubtype, NULL) || CASE
  WHEN r.rngsubdiff <> 0 THEN ', subtype_diff = ' || r.rngsubdiff::regproc ELSE '' END ||
  ')' FROM pg_type t JOIN pg_range r ON r.rngtypid = t.oid JOIN pg_namespace n ON n.oid =
  t.typnamespace WHERE $own(n) AND $alone(pg_type, t.oid))sql"},
      {"composite types", R"sql(
SELECT 'pg_class', c.oid, 2, 0, n.nspname, c.relname, '', 'CREATE TYPE ' ||
  $name(n, c.relname) || ' AS (' || coalesce((SELECT string_agg(quote_ident(a.attname) ||
  ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '')
  || ')' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'c' AND $own(n) AND $alone(pg_class, c.oid))sql"},
      {"domain constraints", R"sql(
SELECT 'pg_constraint', x.oid, 9, 0, n.nspname, x.conname, '', 'ALTER DOMAIN ' ||
  $name(n, t.typname) || ' ADD CONSTRAINT ' || quote_ident(x.conname) || ' ' ||
  pg_get_constraintdef(x.oid) FROM pg_constraint x JOIN pg_type t ON t.oid = x.contypid JOIN
  pg_namespace n ON n.oid = t.typnamespace WHERE x.contype = 'c' AND $own(n))sql"},
      {"collations", R"sql(
SELECT 'pg_collation', c.oid, 2, 0, n.nspname, c.collname, '', 'CREATE COLLATION ' ||
  $name(n, c.collname) || ' (' || concat_ws(', ', CASE c.collprovider WHEN 'i' THEN
  'provider = icu' END, CASE WHEN c.collprovider = 'i' THEN 'locale = ' ||
  quote_literal(coalesce(to_jsonb(c) ->> 'colliculocale', to_jsonb(c) ->> 'colllocale',
  c.collcollate)) WHEN c.collcollate = c.collctype THEN 'locale = ' ||
  quote_literal(c.collcollate) ELSE 'lc_collate = ' || quote_literal(c.collcollate) ||
  ', lc_ctype = ' || quote_literal(c.collctype) END, CASE WHEN NOT c.collisdeterministic
  THEN 'deterministic = false' END) || ')' FROM pg_collation c JOIN pg_namespace n ON n.oid
  = c.collnamespace WHERE $own(n) AND $alone(pg_collation, c.oid))sql"},
  };
}

}  // namespace strata::diff
