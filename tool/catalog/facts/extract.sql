-- Writes PostgreSQL 15's own catalog as the data files of this folder; run by extract.sh.
-- One object a line, fields separated by tabs, sorted bytewise (facts.cc searches them in place).
-- Numbers of objects are padded to five digits, so that their order is the order of the bytes.
\set QUIET on
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
SET search_path = pg_catalog;
SET client_min_messages = error;

CREATE FUNCTION pg_temp.pad(oid) RETURNS text LANGUAGE sql AS
  $$ SELECT lpad($1::text, 5, '0') $$;
CREATE FUNCTION pg_temp.flag(boolean) RETURNS text LANGUAGE sql AS
  $$ SELECT CASE WHEN $1 THEN '1' ELSE '0' END $$;
-- 'p' pg_catalog, 'i' information_schema, 't' pg_toast
CREATE FUNCTION pg_temp.place(oid) RETURNS text LANGUAGE sql AS
  $$ SELECT CASE nspname WHEN 'pg_catalog' THEN 'p' WHEN 'information_schema' THEN 'i' ELSE 't' END
     FROM pg_namespace WHERE oid = $1 $$;
-- As facts.cc reads types, functions, operators, casts, operator classes and relations, without
-- number and schema.
CREATE FUNCTION pg_temp.type_fields(pg_type) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(E'\t', $1.typname, $1.typtype, $1.typcategory, pg_temp.flag($1.typispreferred),
    $1.typelem, $1.typarray, pg_temp.flag($1.typsubscript::oid = 6179), $1.typrelid,
    $1.typbasetype, $1.typtypmod, pg_temp.flag($1.typnotnull), $1.typcollation,
    coalesce((SELECT rngsubtype FROM pg_range WHERE rngtypid = $1.oid), 0),
    coalesce((SELECT rngmultitypid FROM pg_range WHERE rngtypid = $1.oid), 0),
    coalesce((SELECT rngtypid FROM pg_range WHERE rngmultitypid = $1.oid), 0)) $$;
CREATE FUNCTION pg_temp.function_fields(pg_proc) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(E'\t', $1.proname, $1.prokind, $1.provolatile, pg_temp.flag($1.proisstrict),
    pg_temp.flag($1.proretset), $1.provariadic, $1.pronargdefaults, $1.prorettype,
    (SELECT lanname FROM pg_language WHERE oid = $1.prolang),
    coalesce(array_to_string($1.proargtypes::oid[], ' '), ''),
    coalesce(array_to_string($1.proallargtypes, ' '), ''),
    coalesce(array_to_string($1.proargmodes, ''), ''),
    coalesce(array_to_string($1.proargnames, ','), ''),
    coalesce((SELECT aggkind::text || aggnumdirectargs::text FROM pg_aggregate WHERE aggfnoid = $1.oid), '')) $$;
CREATE FUNCTION pg_temp.operator_fields(pg_operator) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(E'\t', $1.oprname, $1.oprleft, $1.oprright, $1.oprresult, $1.oprcode::oid,
    $1.oprcom, $1.oprnegate, pg_temp.flag($1.oprcanhash), pg_temp.flag($1.oprcanmerge)) $$;
CREATE FUNCTION pg_temp.cast_fields(pg_cast) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(E'\t', $1.oid, $1.castfunc, $1.castcontext, $1.castmethod) $$;
CREATE FUNCTION pg_temp.opclass_fields(pg_opclass) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(E'\t', $1.opcname, (SELECT amname FROM pg_am WHERE oid = $1.opcmethod),
    $1.opcfamily, $1.opcintype, pg_temp.flag($1.opcdefault), $1.opckeytype) $$;
CREATE FUNCTION pg_temp.relation_fields(pg_class) RETURNS text LANGUAGE sql AS $$
  SELECT concat_ws(E'\t', $1.relname, $1.relkind, $1.reltype,
    (SELECT string_agg(concat_ws(':', attname, atttypid, atttypmod, pg_temp.flag(attnotnull)), ' '
                       ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = $1.oid AND attnum > 0 AND NOT attisdropped)) $$;

\if :extensions

-- Every number above those of the built-in objects moves far away from what a schema's own objects
-- get, so that an extension's objects keep theirs wherever it is installed.
CREATE FUNCTION pg_temp.move(text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  result text := ''; piece text;
BEGIN
  FOR piece IN SELECT (regexp_matches($1, '(?:^|\y)\d+(?=\y|$)|[^\d]+|\d+', 'g'))[1] LOOP
    IF piece ~ '^\d+$' AND length(piece) < 9 AND piece::bigint >= 16384 THEN
      piece := (piece::bigint + 3000000000)::text;
    END IF;
    result := result || piece;
  END LOOP;
  RETURN result;
END $$;

CREATE TEMP TABLE member AS
  SELECT e.extname, d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
  WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e';
-- Row and array types are parts of what belongs to the extension.
INSERT INTO member SELECT m.extname, 'pg_type'::regclass, t.oid
  FROM member m JOIN pg_class c ON m.classid = 'pg_class'::regclass AND c.oid = m.objid
  JOIN pg_type t ON t.typrelid = c.oid
  WHERE NOT EXISTS (SELECT FROM member o WHERE o.classid = 'pg_type'::regclass AND o.objid = t.oid);
INSERT INTO member SELECT m.extname, 'pg_type'::regclass, a.oid
  FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND t.oid = m.objid
  JOIN pg_type a ON a.oid = t.typarray
  WHERE NOT EXISTS (SELECT FROM member o WHERE o.classid = 'pg_type'::regclass AND o.objid = a.oid);

SELECT line FROM (
  SELECT e.extname AS name, 0 AS rank, '' AS sub, concat_ws(E'\t', '=' || e.extname, e.extversion, pg_temp.flag(v.relocatable),
      coalesce(v.schema, ''), coalesce(array_to_string(v.requires, ','), ''), pg_temp.flag(v.trusted)) AS line
    FROM pg_extension e JOIN pg_available_extension_versions v ON v.name = e.extname AND v.version = e.extversion
  UNION ALL
  SELECT extname, 1, pg_temp.pad(t.oid), pg_temp.move(concat_ws(E'\t', 't', t.oid, pg_temp.type_fields(t)))
    FROM member m JOIN pg_type t ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
  UNION ALL
  SELECT extname, 2, pg_temp.pad(t.oid), pg_temp.move(concat_ws(E'\t', 'r', t.oid, pg_temp.relation_fields(t)))
    FROM member m JOIN pg_class t ON m.classid = 'pg_class'::regclass AND m.objid = t.oid
    WHERE t.relkind <> 'i'
  UNION ALL
  SELECT extname, 3, pg_temp.pad(t.oid), pg_temp.move(concat_ws(E'\t', 'f', t.oid, pg_temp.function_fields(t)))
    FROM member m JOIN pg_proc t ON m.classid = 'pg_proc'::regclass AND m.objid = t.oid
  UNION ALL
  SELECT extname, 4, pg_temp.pad(t.oid), pg_temp.move(concat_ws(E'\t', 'o', t.oid, pg_temp.operator_fields(t)))
    FROM member m JOIN pg_operator t ON m.classid = 'pg_operator'::regclass AND m.objid = t.oid
  UNION ALL
  SELECT extname, 5, pg_temp.pad(t.oid), pg_temp.move(concat_ws(E'\t', 'c', castsource, casttarget, pg_temp.cast_fields(t)))
    FROM member m JOIN pg_cast t ON m.classid = 'pg_cast'::regclass AND m.objid = t.oid
  UNION ALL
  SELECT extname, 6, pg_temp.pad(t.oid), pg_temp.move(concat_ws(E'\t', 'p', t.oid, pg_temp.opclass_fields(t)))
    FROM member m JOIN pg_opclass t ON m.classid = 'pg_opclass'::regclass AND m.objid = t.oid
  UNION ALL
  SELECT extname, 7, kind || name, concat_ws(E'\t', 'n', kind, name)
    FROM (SELECT extname, 'am' AS kind, amname AS name FROM member JOIN pg_am a
            ON classid = 'pg_am'::regclass AND objid = a.oid
          UNION ALL SELECT extname, 'fdw', fdwname FROM member JOIN pg_foreign_data_wrapper a
            ON classid = 'pg_foreign_data_wrapper'::regclass AND objid = a.oid
          UNION ALL SELECT extname, 'language', lanname FROM member JOIN pg_language a
            ON classid = 'pg_language'::regclass AND objid = a.oid
          UNION ALL SELECT extname, 'ts_dict', dictname FROM member JOIN pg_ts_dict a
            ON classid = 'pg_ts_dict'::regclass AND objid = a.oid
          UNION ALL SELECT extname, 'ts_template', tmplname FROM member JOIN pg_ts_template a
            ON classid = 'pg_ts_template'::regclass AND objid = a.oid) n
) all_lines ORDER BY name COLLATE "C", rank, sub COLLATE "C"
\g :dir/extensions.txt

\else

SELECT concat_ws(E'\t', pg_temp.pad(t.oid), pg_temp.place(typnamespace), pg_temp.type_fields(t))
  FROM pg_type t WHERE t.oid < 16384 AND typnamespace <> 'pg_toast'::regnamespace ORDER BY t.oid
\g :dir/types.txt
SELECT concat_ws(E'\t', pg_temp.place(typnamespace) || typname, t.oid)
  FROM pg_type t WHERE t.oid < 16384 AND typnamespace <> 'pg_toast'::regnamespace
  ORDER BY (pg_temp.place(typnamespace) || typname || E'\t') COLLATE "C"
\g :dir/types.names.txt

SELECT concat_ws(E'\t', pg_temp.pad(p.oid), pg_temp.place(pronamespace), pg_temp.function_fields(p))
  FROM pg_proc p WHERE p.oid < 16384 ORDER BY p.oid
\g :dir/functions.txt
SELECT concat_ws(E'\t', pg_temp.place(pronamespace) || proname, p.oid)
  FROM pg_proc p WHERE p.oid < 16384
  ORDER BY (pg_temp.place(pronamespace) || proname || E'\t') COLLATE "C", p.oid
\g :dir/functions.names.txt

SELECT concat_ws(E'\t', pg_temp.pad(o.oid), 'p', pg_temp.operator_fields(o))
  FROM pg_operator o WHERE o.oid < 16384 ORDER BY o.oid
\g :dir/operators.txt
SELECT concat_ws(E'\t', 'p' || oprname, o.oid)
  FROM pg_operator o WHERE o.oid < 16384 ORDER BY ('p' || oprname || E'\t') COLLATE "C", o.oid
\g :dir/operators.names.txt

SELECT concat_ws(E'\t', pg_temp.pad(castsource), pg_temp.pad(casttarget), pg_temp.cast_fields(c))
  FROM pg_cast c WHERE c.oid < 16384 ORDER BY castsource, casttarget
\g :dir/casts.txt

SELECT concat_ws(E'\t', pg_temp.pad(o.oid), 'p', pg_temp.opclass_fields(o))
  FROM pg_opclass o WHERE o.oid < 16384 ORDER BY o.oid
\g :dir/opclasses.txt

SELECT concat_ws(E'\t', pg_temp.pad(c.oid), pg_temp.place(relnamespace), pg_temp.relation_fields(c))
  FROM pg_class c WHERE c.oid < 16384 AND relkind IN ('r', 'v') AND relnamespace <> 'pg_toast'::regnamespace
  ORDER BY c.oid
\g :dir/relations.txt
SELECT concat_ws(E'\t', pg_temp.place(relnamespace) || relname, c.oid)
  FROM pg_class c WHERE c.oid < 16384 AND relkind IN ('r', 'v') AND relnamespace <> 'pg_toast'::regnamespace
  ORDER BY (pg_temp.place(relnamespace) || relname || E'\t') COLLATE "C"
\g :dir/relations.names.txt

-- What has a name and, for Strata, no inside; the ICU collations belong to the system's ICU library.
SELECT line FROM (
  SELECT concat_ws(E'\t', 'access_method ' || amname, oid, amtype) AS line FROM pg_am
  UNION ALL SELECT concat_ws(E'\t', 'collation ' || collname, oid, collprovider) FROM pg_collation
    WHERE collencoding IN (-1, 6)
  UNION ALL SELECT concat_ws(E'\t', 'conversion ' || conname, oid) FROM pg_conversion
  UNION ALL SELECT concat_ws(E'\t', 'language ' || lanname, oid) FROM pg_language WHERE oid < 16384
  UNION ALL SELECT concat_ws(E'\t', 'operator_family ' || opfname, f.oid, amname)
    FROM pg_opfamily f JOIN pg_am a ON a.oid = opfmethod
  UNION ALL SELECT concat_ws(E'\t', 'role ' || rolname, oid) FROM pg_roles
  UNION ALL SELECT concat_ws(E'\t', 'schema ' || nspname, oid) FROM pg_namespace WHERE nspname !~ '^pg_(toast_)?temp'
  UNION ALL SELECT concat_ws(E'\t', 'setting ' || lower(name), 0, context) FROM pg_settings
  -- Settings that SET takes and pg_settings hides.
  UNION ALL SELECT concat_ws(E'\t', 'setting ' || name, 0, 'user')
    FROM unnest(ARRAY['default_with_oids', 'is_superuser', 'role', 'seed', 'session_authorization',
                      'ssl_renegotiation_limit']) name
  UNION ALL SELECT concat_ws(E'\t', 'tablespace ' || spcname, oid) FROM pg_tablespace
  UNION ALL SELECT concat_ws(E'\t', 'ts_config ' || cfgname, oid) FROM pg_ts_config
  UNION ALL SELECT concat_ws(E'\t', 'ts_dict ' || dictname, oid) FROM pg_ts_dict
  UNION ALL SELECT concat_ws(E'\t', 'ts_parser ' || prsname, oid) FROM pg_ts_parser
  UNION ALL SELECT concat_ws(E'\t', 'ts_template ' || tmplname, oid) FROM pg_ts_template
) names GROUP BY line ORDER BY line COLLATE "C"
\g :dir/names.txt

\endif
