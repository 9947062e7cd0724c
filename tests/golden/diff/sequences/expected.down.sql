ALTER SEQUENCE t_id_seq AS integer;

ALTER TABLE t ALTER COLUMN id DROP DEFAULT;

ALTER TABLE u ALTER COLUMN id DROP IDENTITY;

CREATE SEQUENCE u_id_seq AS integer;

ALTER TABLE u ALTER COLUMN id SET DEFAULT nextval('u_id_seq'::regclass);

ALTER SEQUENCE u_id_seq OWNED BY u.id;
SELECT setval('u_id_seq', max(id)) FROM u;

ALTER TABLE v ALTER COLUMN id DROP DEFAULT;

-- Careful: the new type of column w.id rewrites the table, which nobody can use meanwhile.
-- Careful: fails while column w.id holds a value too large for integer.
ALTER TABLE w ALTER COLUMN id TYPE integer;

ALTER TABLE x
    ALTER COLUMN id DROP IDENTITY,
    ALTER COLUMN id DROP NOT NULL;

DROP SEQUENCE v_id_seq;

ALTER TABLE v ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

SELECT setval(pg_get_serial_sequence('v', 'id'), max(id)) FROM v;

-- Careful: the new type of column t.id rewrites the table, which nobody can use meanwhile.
-- Careful: fails while column t.id holds a value too large for integer.
ALTER TABLE t
    ALTER COLUMN id TYPE integer,
    ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass);
