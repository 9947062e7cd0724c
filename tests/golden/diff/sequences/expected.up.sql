ALTER SEQUENCE t_id_seq AS bigint;

ALTER TABLE t ALTER COLUMN id DROP DEFAULT;

ALTER TABLE u ALTER COLUMN id DROP DEFAULT;

ALTER TABLE v ALTER COLUMN id DROP IDENTITY;

-- Careful: sequence v_id_seq is made anew and starts at its beginning.
CREATE SEQUENCE v_id_seq AS integer;

ALTER TABLE v ALTER COLUMN id SET DEFAULT nextval('v_id_seq'::regclass);

ALTER SEQUENCE v_id_seq OWNED BY v.id;

ALTER TABLE w ALTER COLUMN id TYPE bigint;

-- Careful: fails while column id holds a NULL.
-- Careful: the sequence of x.id starts anew: set it past the values that are there, with setval().
ALTER TABLE x
    ALTER COLUMN id SET NOT NULL,
    ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

DROP SEQUENCE u_id_seq;

-- Careful: the sequence of u.id starts anew: set it past the values that are there, with setval().
ALTER TABLE u ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

ALTER TABLE t
    ALTER COLUMN id TYPE bigint,
    ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass);
