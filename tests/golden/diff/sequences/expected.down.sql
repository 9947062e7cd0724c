ALTER SEQUENCE t_id_seq AS integer;

ALTER TABLE t ALTER COLUMN id DROP DEFAULT;

ALTER TABLE u ALTER COLUMN id DROP IDENTITY;

-- Careful: sequence u_id_seq is made anew and starts at its beginning.
CREATE SEQUENCE u_id_seq AS integer;

ALTER TABLE u ALTER COLUMN id SET DEFAULT nextval('u_id_seq'::regclass);

ALTER SEQUENCE u_id_seq OWNED BY u.id;

ALTER TABLE v ALTER COLUMN id DROP DEFAULT;

ALTER TABLE w ALTER COLUMN id TYPE integer;

ALTER TABLE x
    ALTER COLUMN id DROP IDENTITY,
    ALTER COLUMN id DROP NOT NULL;

DROP SEQUENCE v_id_seq;

-- Careful: the sequence of v.id starts anew: set it past the values that are there, with setval().
ALTER TABLE v ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

ALTER TABLE t
    ALTER COLUMN id TYPE integer,
    ALTER COLUMN id SET DEFAULT nextval('t_id_seq'::regclass);
