// The schema of a live PostgreSQL, by questions to its own catalogs: one line of text an object, in
// which everything that a migration can change about it stands. Column order is left out (a column
// that a down script brings back comes last), and so are owners, which are the connection's.

#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "verify/snapshot.h"

namespace strata::verify {
namespace {

// Objects of PostgreSQL itself and of extensions are nobody's migration.
constexpr char kQuery[] = R"sql(
WITH own_schema AS (
  SELECT oid, nspname, nspacl, nspowner FROM pg_namespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_namespace'::regclass
                    AND d.objid = pg_namespace.oid AND d.deptype = 'e')
), foreign_object AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
  SELECT c.*, s.nspname, format('%I.%I', s.nspname, c.relname) AS name
  FROM pg_class c JOIN own_schema s ON s.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM foreign_object f
                    WHERE f.classid = 'pg_class'::regclass AND f.objid = c.oid)
    AND NOT c.relname = ANY ($HISTORY$)
    AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_class h ON h.oid = d.refobjid
                    WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
                      AND d.objid = c.oid AND c.relkind = 'S' AND h.relname = ANY ($HISTORY$))
), routine AS (
  SELECT p.*, format('%I.%I(%s)', s.nspname, p.proname,
                     pg_get_function_identity_arguments(p.oid)) AS name
  FROM pg_proc p JOIN own_schema s ON s.oid = p.pronamespace
  WHERE NOT EXISTS (SELECT FROM foreign_object f
                    WHERE f.classid = 'pg_proc'::regclass AND f.objid = p.oid)
), own_type AS (
  SELECT t.*, format('%I.%I', s.nspname, t.typname) AS name
  FROM pg_type t JOIN own_schema s ON s.oid = t.typnamespace
  WHERE t.typtype IN ('e', 'd', 'r')
    AND NOT EXISTS (SELECT FROM foreign_object f
                    WHERE f.classid = 'pg_type'::regclass AND f.objid = t.oid)
)
SELECT format('schema %I', nspname)
       || coalesce(', grants ' || nullif(nspacl::text, acldefault('n', nspowner)::text), '')
       || coalesce(', comment ' || quote_literal(obj_description(oid, 'pg_namespace')), '')
FROM own_schema
UNION ALL
SELECT format('extension %I %s', extname, extversion) FROM pg_extension
UNION ALL
SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'partitioned table' WHEN 'v' THEN 'view'
         WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'type'
         WHEN 'S' THEN 'sequence' END
       || ' ' || name
       || CASE relpersistence WHEN 'u' THEN ', unlogged' WHEN 't' THEN ', temporary' ELSE '' END
       || CASE WHEN relrowsecurity THEN ', row security' ELSE '' END
       || CASE WHEN relforcerowsecurity THEN ', forced row security' ELSE '' END
       || CASE WHEN relreplident NOT IN ('d', 'n') THEN ', replica identity ' || relreplident::text
          ELSE '' END
       || coalesce(', with ' || reloptions::text, '')
       || coalesce(', grants ' || nullif(relacl::text, acldefault(
            CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)::text), '')
       || coalesce(', of ' || format_type(nullif(reloftype, 0), NULL), '')
       || coalesce(', tablespace ' || (SELECT spcname FROM pg_tablespace t
                                       WHERE t.oid = reltablespace), '')
       || CASE WHEN relkind = 'p' THEN ', partition by ' || pg_get_partkeydef(oid) ELSE '' END
       || coalesce(', partition ' || pg_get_expr(relpartbound, oid), '')
       || coalesce((SELECT ', inherits ' || string_agg(inhparent::regclass::text, ', '
                                                       ORDER BY inhseqno)
                    FROM pg_inherits WHERE inhrelid = relation.oid), '')
       || CASE WHEN relkind IN ('v', 'm') THEN ', as ' || pg_get_viewdef(oid) ELSE '' END
       || coalesce(', comment ' || quote_literal(obj_description(oid, 'pg_class')), '')
FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c', 'S')
UNION ALL
SELECT format('column %s.%I: %s', r.name, a.attname, format_type(a.atttypid, a.atttypmod))
       || CASE WHEN a.attnotnull THEN ', not null' ELSE '' END
       || coalesce(CASE WHEN a.attgenerated <> '' THEN ', generated ' ELSE ', default ' END
                   || pg_get_expr(d.adbin, d.adrelid), '')
       || CASE a.attidentity WHEN 'a' THEN ', identity always' WHEN 'd' THEN ', identity by default'
          ELSE '' END
       || CASE WHEN a.attcollation <> t.typcollation
          THEN ', collate ' || a.attcollation::regcollation::text ELSE '' END
       || CASE WHEN a.attstorage <> t.typstorage THEN ', storage ' || a.attstorage::text
          ELSE '' END
       || CASE WHEN coalesce(a.attstattarget, -1) <> -1
          THEN ', statistics ' || a.attstattarget::text ELSE '' END
       || CASE WHEN a.attislocal THEN '' ELSE ', inherited' END
       || coalesce(', with ' || a.attoptions::text, '')
       || coalesce(', grants ' || nullif(a.attacl::text, '{}'), '')
       || coalesce(', comment ' || quote_literal(col_description(r.oid, a.attnum)), '')
FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
UNION ALL
SELECT format('constraint %I on %s: %s', c.conname, coalesce(r.name, t.name),
              pg_get_constraintdef(c.oid))
       || coalesce(', comment ' || quote_literal(obj_description(c.oid, 'pg_constraint')), '')
FROM pg_constraint c LEFT JOIN relation r ON r.oid = c.conrelid
LEFT JOIN own_type t ON t.oid = c.contypid
WHERE coalesce(r.oid, t.oid) IS NOT NULL AND c.contype <> 't'
UNION ALL
SELECT 'index ' || r.name || ': ' || pg_get_indexdef(i.indexrelid)
       || CASE WHEN i.indisvalid THEN '' ELSE ', invalid' END
       || CASE WHEN i.indisclustered THEN ', clustered' ELSE '' END
       || CASE WHEN i.indisreplident THEN ', replica identity' ELSE '' END
       || coalesce(', tablespace ' || (SELECT spcname FROM pg_tablespace t
                                       WHERE t.oid = r.reltablespace), '')
       || coalesce(', comment ' || quote_literal(obj_description(r.oid, 'pg_class')), '')
FROM pg_index i JOIN relation r ON r.oid = i.indexrelid JOIN relation t ON t.oid = i.indrelid
UNION ALL
SELECT 'sequence ' || r.name || ': ' || format_type(s.seqtypid, NULL)
       || format(', start %s, by %s, %s to %s, cache %s', s.seqstart, s.seqincrement, s.seqmin,
                 s.seqmax, s.seqcache)
       || CASE WHEN s.seqcycle THEN ', cycle' ELSE '' END
       || coalesce((SELECT format(', owned by %s.%I', o.name, a.attname)
                    FROM pg_depend d JOIN relation o ON o.oid = d.refobjid
                    JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum = d.refobjsubid
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid
                      AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0), '')
FROM pg_sequence s JOIN relation r ON r.oid = s.seqrelid
UNION ALL
SELECT format('trigger %I on %s: %s, %s', g.tgname, r.name, pg_get_triggerdef(g.oid), g.tgenabled)
       || coalesce(', comment ' || quote_literal(obj_description(g.oid, 'pg_trigger')), '')
FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid WHERE NOT g.tgisinternal
UNION ALL
SELECT format('rule %I on %s: %s, %s', w.rulename, r.name, pg_get_ruledef(w.oid), w.ev_enabled)
FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'
UNION ALL
SELECT format('policy %I on %s: %s, %s, to %s, using %s, check %s', p.polname, r.name, p.polcmd,
              p.polpermissive,
              (SELECT string_agg(coalesce(a.rolname, 'public'), ', ' ORDER BY a.rolname)
               FROM unnest(p.polroles) role LEFT JOIN pg_roles a ON a.oid = role),
              pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_policy p JOIN relation r ON r.oid = p.polrelid
UNION ALL
SELECT 'function ' || name || ': '
       || CASE WHEN prokind = 'a' THEN
            (SELECT format('aggregate %s returning %s, state %s, initial %s', aggtransfn,
                           format_type(prorettype, NULL), format_type(aggtranstype, NULL),
                           quote_nullable(agginitval))
             FROM pg_aggregate WHERE aggfnoid = routine.oid)
          ELSE pg_get_functiondef(oid) END
       || coalesce(', grants ' || nullif(proacl::text, acldefault('f', proowner)::text), '')
       || coalesce(', comment ' || quote_literal(obj_description(oid, 'pg_proc')), '')
FROM routine
UNION ALL
SELECT 'type ' || name
       || CASE typtype
          WHEN 'e' THEN ': enum ' || coalesce((SELECT string_agg(quote_literal(enumlabel), ', '
                                                                ORDER BY enumsortorder)
                                               FROM pg_enum WHERE enumtypid = own_type.oid), '')
          WHEN 'd' THEN ': domain over ' || format_type(typbasetype, typtypmod)
                        || CASE WHEN typnotnull THEN ', not null' ELSE '' END
                        || coalesce(', default ' || typdefault, '')
          ELSE ': range of ' || (SELECT format_type(rngsubtype, NULL) FROM pg_range
                                 WHERE rngtypid = own_type.oid) END
       || coalesce(', grants ' || nullif(typacl::text, acldefault('T', typowner)::text), '')
       || coalesce(', comment ' || quote_literal(obj_description(oid, 'pg_type')), '')
FROM own_type
UNION ALL
SELECT 'statistics ' || pg_get_statisticsobjdef(x.oid)
FROM pg_statistic_ext x JOIN own_schema s ON s.oid = x.stxnamespace
UNION ALL
SELECT format('event trigger %I: %s, %s, %s', evtname, evtevent, evtfoid::regprocedure, evtenabled)
       || coalesce(', tags ' || evttags::text, '')
FROM pg_event_trigger
UNION ALL
SELECT format('publication %I: all tables %s, insert %s, update %s, delete %s, truncate %s', pubname,
              puballtables, pubinsert, pubupdate, pubdelete, pubtruncate)
       || coalesce((SELECT ', of ' || string_agg(prrelid::regclass::text, ', '
                                                 ORDER BY prrelid::regclass::text)
                    FROM pg_publication_rel WHERE prpubid = pg_publication.oid), '')
FROM pg_publication
UNION ALL
SELECT format('cast from %s to %s: %s, %s, %s', format_type(castsource, NULL),
              format_type(casttarget, NULL), castfunc::regprocedure, castcontext, castmethod)
FROM pg_cast c WHERE c.oid >= 16384
  AND NOT EXISTS (SELECT FROM foreign_object f
                  WHERE f.classid = 'pg_cast'::regclass AND f.objid = c.oid)
UNION ALL
SELECT format('operator %s: %s', o.oid::regoperator, o.oprcode)
FROM pg_operator o JOIN own_schema s ON s.oid = o.oprnamespace
WHERE NOT EXISTS (SELECT FROM foreign_object f
                  WHERE f.classid = 'pg_operator'::regclass AND f.objid = o.oid)
UNION ALL
SELECT format('default grants for %s in %s: %s', defaclobjtype,
              coalesce(s.nspname, 'every schema'), defaclacl)
FROM pg_default_acl LEFT JOIN own_schema s ON s.oid = defaclnamespace
UNION ALL
SELECT format('foreign server %I: %s', srvname, coalesce(srvoptions::text, ''))
FROM pg_foreign_server
ORDER BY 1
)sql";

}  // namespace

std::string PostgresSnapshotQuery(const std::string& history_table) {
  return absl::StrReplaceAll(
      kQuery, {{"$HISTORY$",
                absl::StrFormat("ARRAY['%s', '%s_log']::name[]", history_table, history_table)}});
}

}  // namespace strata::verify
