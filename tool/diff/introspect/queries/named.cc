// Publications, foreign servers, event triggers, and what else has a name and a definition.
#include "diff/introspect/queries.h"

namespace strata::diff {

namespace {

std::vector<ObjectQuery> PublicationQueries() {
  constexpr int kPostgres15 = 150000;
  // Since then: columns, rows, and all tables of a schema.
  return {
      {"publications", R"sql(
SELECT 'pg_publication', p.oid, 15, 0, '', p.pubname, '', 'CREATE PUBLICATION ' ||
  quote_ident(p.pubname) || CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE coalesce(' FOR '
  || nullif(concat_ws(', ', (SELECT 'TABLE ' || string_agg($name(n, c.relname) || coalesce(' (' ||
  (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
  WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '') ||
  coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', ''), ', ')
  FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid =
  c.relnamespace WHERE r.prpubid = p.oid), (SELECT 'TABLES IN SCHEMA ' ||
  string_agg(quote_ident(n.nspname), ', ') FROM pg_publication_namespace s JOIN pg_namespace n ON
  n.oid = s.pnnspid WHERE s.pnpubid = p.oid)), ''), '') END || ' WITH (publish = ' ||
  quote_literal(concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate
  THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN
  'truncate' END)) || ', publish_via_partition_root = ' || p.pubviaroot || ')'
  FROM pg_publication p WHERE $alone(pg_publication, p.oid))sql",
       kPostgres15},
      {"publications", R"sql(
SELECT 'pg_publication', p.oid, 15, 0, '', p.pubname, '', 'CREATE PUBLICATION ' ||
  quote_ident(p.pubname) || CASE WHEN p.puballtables THEN ' FOR ALL TABLES' ELSE
  coalesce(' FOR TABLE ' || (SELECT string_agg($name(n, c.relname), ', ')
  FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid =
  c.relnamespace WHERE r.prpubid = p.oid), '') END || ' WITH (publish = ' ||
  quote_literal(concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate
  THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN
  'truncate' END)) || ', publish_via_partition_root = ' ||
  coalesce(to_jsonb(p) ->> 'pubviaroot', 'false') || ')'
  FROM pg_publication p WHERE $alone(pg_publication, p.oid))sql",
       0, kPostgres15},
  };
}

std::vector<ObjectQuery> ForeignQueries() {
  return {
      {"foreign data wrappers", R"sql(
SELECT 'pg_foreign_data_wrapper', w.oid, 2, 0, '', w.fdwname, '', 'CREATE FOREIGN DATA WRAPPER '
  || quote_ident(w.fdwname) || CASE WHEN w.fdwhandler <> 0 THEN ' HANDLER ' ||
  w.fdwhandler::regproc ELSE '' END || CASE WHEN w.fdwvalidator <> 0 THEN ' VALIDATOR ' ||
  w.fdwvalidator::regproc ELSE '' END || $options(w.fdwoptions) FROM pg_foreign_data_wrapper w
  WHERE $alone(pg_foreign_data_wrapper, w.oid))sql"},
      {"servers", R"sql(
SELECT 'pg_foreign_server', s.oid, 3, 0, '', s.srvname, '', 'CREATE SERVER ' ||
  quote_ident(s.srvname) || coalesce(' TYPE ' || quote_literal(s.srvtype), '') ||
  coalesce(' VERSION ' || quote_literal(s.srvversion), '') || ' FOREIGN DATA WRAPPER ' ||
  quote_ident(w.fdwname) || $options(s.srvoptions) FROM pg_foreign_server s JOIN
  pg_foreign_data_wrapper w ON w.oid = s.srvfdw WHERE $alone(pg_foreign_server, s.oid))sql"},
      // Without options: they hold passwords, and differ from one database to the next.
      {"user mappings", R"sql(
SELECT 'pg_user_mapping', u.umid, 4, 0, '', u.usename, '', 'CREATE USER MAPPING FOR ' || CASE
  WHEN u.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(u.usename) END || ' SERVER ' ||
  quote_ident(u.srvname) FROM pg_user_mappings u)sql"},
  };
}

std::vector<ObjectQuery> ServerQueries() {
  return {
      {"event triggers", R"sql(
SELECT 'pg_event_trigger', e.oid, 14, 0, '', e.evtname, '', 'CREATE EVENT TRIGGER ' ||
  quote_ident(e.evtname) || ' ON ' || e.evtevent || coalesce(' WHEN TAG IN (' || (SELECT
  string_agg(quote_literal(t), ', ' ORDER BY i) FROM unnest(e.evttags) WITH ORDINALITY u(t, i)) ||
  ')', '') || ' EXECUTE FUNCTION ' || e.evtfoid::regproc || '()' || CASE WHEN e.evtenabled = 'O'
  THEN '' ELSE E';\nALTER EVENT TRIGGER ' || quote_ident(e.evtname) || CASE e.evtenabled WHEN 'D'
  THEN ' DISABLE' WHEN 'R' THEN ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS' END END
  FROM pg_event_trigger e WHERE $alone(pg_event_trigger, e.oid))sql"},
      {"access methods", R"sql(
SELECT 'pg_am', a.oid, 2, 0, '', a.amname, '', 'CREATE ACCESS METHOD ' || quote_ident(a.amname) ||
  ' TYPE ' || CASE a.amtype WHEN 'i' THEN 'INDEX' ELSE 'TABLE' END || ' HANDLER ' || a.amhandler
  FROM pg_am a WHERE a.oid >= 16384 AND $alone(pg_am, a.oid))sql"},
      {"languages", R"sql(
SELECT 'pg_language', l.oid, 5, 0, '', l.lanname, '', 'CREATE ' || CASE WHEN l.lanpltrusted THEN
  'TRUSTED ' ELSE '' END || 'LANGUAGE ' || quote_ident(l.lanname) || ' HANDLER ' ||
  l.lanplcallfoid::regproc || CASE WHEN l.laninline <> 0 THEN ' INLINE ' || l.laninline::regproc
  ELSE '' END || CASE WHEN l.lanvalidator <> 0 THEN ' VALIDATOR ' || l.lanvalidator::regproc ELSE
  '' END FROM pg_language l WHERE l.lanispl AND $alone(pg_language, l.oid))sql"},
      {"conversions", R"sql(
SELECT 'pg_conversion', c.oid, 14, 0, n.nspname, c.conname, '', 'CREATE ' || CASE WHEN c.condefault
  THEN 'DEFAULT ' ELSE '' END || 'CONVERSION ' || $name(n, c.conname) || ' FOR ' ||
  quote_literal(pg_encoding_to_char(c.conforencoding)) || ' TO ' ||
  quote_literal(pg_encoding_to_char(c.contoencoding)) || ' FROM ' || c.conproc
  FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace
  WHERE $own(n) AND $alone(pg_conversion, c.oid))sql"},
      {"text search parsers", R"sql(
SELECT 'pg_ts_parser', p.oid, 2, 0, n.nspname, p.prsname, '', 'CREATE TEXT SEARCH PARSER ' ||
  $name(n, p.prsname) || ' (START = ' || p.prsstart || ', GETTOKEN = ' || p.prstoken ||
  ', END = ' || p.prsend || CASE WHEN p.prsheadline <> 0 THEN ', HEADLINE = ' || p.prsheadline ELSE
  '' END || ', LEXTYPES = ' || p.prslextype || ')' FROM pg_ts_parser p JOIN pg_namespace n ON n.oid
  = p.prsnamespace WHERE $own(n) AND $alone(pg_ts_parser, p.oid))sql"},
      {"text search templates", R"sql(
SELECT 'pg_ts_template', t.oid, 2, 0, n.nspname, t.tmplname, '', 'CREATE TEXT SEARCH TEMPLATE ' ||
  $name(n, t.tmplname) || ' (' || CASE WHEN t.tmplinit <> 0 THEN 'INIT = ' || t.tmplinit || ', '
  ELSE '' END || 'LEXIZE = ' || t.tmpllexize || ')' FROM pg_ts_template t JOIN pg_namespace n ON
  n.oid = t.tmplnamespace WHERE $own(n) AND $alone(pg_ts_template, t.oid))sql"},
  };
}

}  // namespace

std::vector<ObjectQuery> NamedQueries() {
  std::vector<ObjectQuery> all = PublicationQueries();
  for (const auto& part : {ForeignQueries(), ServerQueries()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace strata::diff
