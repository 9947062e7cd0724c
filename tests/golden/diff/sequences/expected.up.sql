ALTER SEQUENCE t_id_seq AS bigint;

ALTER TABLE t ALTER COLUMN id DROP DEFAULT;

ALTER TABLE u ALTER COLUMN id DROP DEFAULT;

ALTER TABLE v ALTER COLUMN id DROP IDENTITY;

CREATE SEQUENCE v_id_seq AS integer;

ALTER TABLE v ALTER COLUMN id SET DEFAULT nextval('v_id_seq'::regclass);

ALTER SEQUENCE v_id_seq OWNED BY v.id;
SELECT setval('v_id_seq', max(id)) FROM v;

-- Careful: the new type of column w.id rewrites the table, which nobody can use meanwhile.
ALTER TABLE w ALTER COLUMN id TYPE bigint;

-- Careful: fails while column x.id holds a NULL.
ALTER TABLE x
    ALTER COLUMN id SET NOT NULL,
    ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

SELECT setval(pg_get_serial_sequence('x', 'id'), max(id)) FROM x;

DROP SEQUENCE u_id_seq;

ALTER TABLE u ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

SELECT setval(pg_get_serial_sequence('u', 'id'), max(id)) FROM u;

-- Careful: the new type of column t.id rewrites the table, which nobody can use meanwhile.
ALTER TABLE t
    ALTER COLUMN id TYPE bigint,
    ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass);
