-- case: a condition on the schema that holds
CREATE TABLE users (id int);
DO $$ BEGIN
  IF to_regclass('users') IS NOT NULL THEN ALTER TABLE users DROP COLUMN nope; END IF;
END $$;
-- case: a condition on the schema that does not hold
CREATE TABLE users (id int);
DO $$ BEGIN
  IF to_regclass('public.orders') IS NOT NULL THEN ALTER TABLE orders DROP COLUMN nope; END IF;
END $$;
-- case: a type that is there is not made again
CREATE TYPE mood AS ENUM ('sad');
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('ok'); END IF;
END $$;
CREATE TABLE t (m mood DEFAULT 'ok');
-- case: a type that is not there is made
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE typname = 'mood') THEN
    CREATE TYPE mood AS ENUM ('ok');
  END IF;
  IF NOT EXISTS (SELECT FROM pg_type WHERE typname = 'mood') THEN CREATE TYPE mood AS ENUM ('ok'); END IF;
END $$;
CREATE TABLE t (m mood DEFAULT 'sad');
-- case: a column that is there
CREATE TABLE users (id int, email text);
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name = 'users' AND column_name = 'email' AND data_type = 'text') THEN
    ALTER TABLE users RENAME COLUMN email TO mail;
  END IF;
END $$;
SELECT mail FROM users;
SELECT email FROM users;
-- case: a column that is not there
CREATE TABLE users (id int, email text);
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'mail' AND NOT attisdropped) THEN
    ALTER TABLE users ADD COLUMN mail text;
  END IF;
END $$;
SELECT mail FROM users;
ALTER TABLE users ADD COLUMN mail text;
-- case: a constraint that is there, or else
CREATE TABLE users (id int CONSTRAINT positive CHECK (id > 0));
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'positive' AND conrelid = 'public.users'::regclass) THEN
    ALTER TABLE users ADD CONSTRAINT positive CHECK (id > 0);
  ELSIF NOT EXISTS (SELECT 1 FROM pg_indexes WHERE indexname = 'users_id' AND tablename = 'users') THEN
    CREATE INDEX users_id ON users (id);
  ELSE
    DROP TABLE users;
  END IF;
END $$;
DROP INDEX users_id;
ALTER TABLE users DROP CONSTRAINT positive;
DROP INDEX users_id;
-- case: a view made as a called function runs
CREATE FUNCTION f() RETURNS bool LANGUAGE plpgsql AS $$ DECLARE s text; BEGIN
  SELECT string_agg('SELECT ' || g || ' AS a', ' UNION ALL ') INTO s FROM generate_series(1, 2) g;
  EXECUTE 'CREATE VIEW vv AS ' || s; RETURN true; END $$;
SELECT * FROM f();
SELECT a FROM vv;
CREATE FUNCTION g() RETURNS SETOF vv LANGUAGE sql AS $$ SELECT * FROM vv $$;
-- case: an aggregate that is made where the server lacks it
CREATE TABLE t (a int, b text);
DO $$ BEGIN
  PERFORM 1 FROM pg_catalog.pg_proc WHERE proname = 'array_agg';
  IF NOT FOUND THEN
    CREATE AGGREGATE array_agg(anyelement) (SFUNC = array_append, STYPE = anyarray, INITCOND = '{}');
  END IF;
END $$;
CREATE VIEW v AS SELECT array_agg(a) x FROM t;
-- case: neither of two conditions
CREATE TABLE users (id int);
DO $$ BEGIN
  IF to_regclass('a') IS NOT NULL OR EXISTS (SELECT FROM pg_tables WHERE tablename = 'b' AND schemaname = current_schema()) THEN
    DROP TABLE users;
  ELSE
    RAISE EXCEPTION 'neither a nor b';
  END IF;
END $$;
-- case: schemas, extensions, functions, triggers, policies, labels
CREATE SCHEMA app;
CREATE EXTENSION pgcrypto;
CREATE TYPE mood AS ENUM ('sad');
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE app.t (id int);
CREATE TRIGGER touched BEFORE UPDATE ON app.t FOR EACH ROW EXECUTE FUNCTION touch();
CREATE POLICY own ON app.t USING (true);
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM information_schema.schemata WHERE schema_name = 'app') THEN CREATE SCHEMA app; END IF;
  IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'app') THEN CREATE SCHEMA app; END IF;
  IF NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pgcrypto') THEN CREATE EXTENSION pgcrypto; END IF;
  IF NOT EXISTS (SELECT FROM pg_proc WHERE proname = 'touch') THEN DROP SCHEMA app; END IF;
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgname = 'touched' AND tgrelid = 'app.t'::regclass) THEN DROP SCHEMA app; END IF;
  IF NOT EXISTS (SELECT FROM pg_policies WHERE policyname = 'own' AND tablename = 't' AND schemaname = 'app') THEN DROP SCHEMA app; END IF;
  IF NOT EXISTS (SELECT FROM pg_enum WHERE enumlabel = 'sad' AND enumtypid = 'mood'::regtype) THEN DROP SCHEMA app; END IF;
  IF NOT EXISTS (SELECT FROM information_schema.table_constraints WHERE table_name = 't' AND constraint_type = 'PRIMARY KEY') THEN
    ALTER TABLE app.t ADD PRIMARY KEY (id);
  END IF;
  DROP SCHEMA app;
END $$;
-- case: types by other names, arrays
DO $$ BEGIN
  IF to_regtype('bigint') IS NULL OR to_regtype('integer[]') IS NULL OR to_regtype('character varying') IS NULL
     OR to_regtype('varchar(10)') IS NULL OR to_regtype('decimal') IS NULL OR to_regtype('Int') IS NULL THEN
    RAISE EXCEPTION 'no such type';
  END IF;
END $$;
-- case: each type by another name
DO $$ BEGIN IF to_regtype('bigint') IS NULL THEN RAISE EXCEPTION 'no bigint'; END IF; END $$;
DO $$ BEGIN IF to_regtype('integer[]') IS NULL THEN RAISE EXCEPTION 'no integer[]'; END IF; END $$;
DO $$ BEGIN IF to_regtype('decimal') IS NULL THEN RAISE EXCEPTION 'no decimal'; END IF; END $$;
DO $$ BEGIN IF to_regtype('Int') IS NULL THEN RAISE EXCEPTION 'no int'; END IF; END $$;
DO $$ BEGIN IF to_regtype('boolean') IS NULL THEN RAISE EXCEPTION 'no boolean'; END IF; END $$;
DO $$ BEGIN IF to_regtype('real') IS NULL THEN RAISE EXCEPTION 'no real'; END IF; END $$;
DO $$ BEGIN IF to_regtype('mood[]') IS NOT NULL THEN RAISE EXCEPTION 'mood'; END IF; END $$;
