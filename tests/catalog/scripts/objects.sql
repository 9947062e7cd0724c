-- case: enum
CREATE TYPE e AS ENUM ('a', 'b');
ALTER TYPE e ADD VALUE 'c' BEFORE 'b';
ALTER TYPE e ADD VALUE IF NOT EXISTS 'c';
ALTER TYPE e RENAME VALUE 'c' TO 'd';
ALTER TYPE e ADD VALUE 'd';
-- case: enum neighbour missing
CREATE TYPE e AS ENUM ('a', 'b');
ALTER TYPE e ADD VALUE 'c' AFTER 'x';
-- case: enum rename missing
CREATE TYPE e AS ENUM ('a', 'b');
ALTER TYPE e RENAME VALUE 'x' TO 'y';
-- case: a new label waits for the commit
CREATE TYPE e AS ENUM ('a');
ALTER TYPE e ADD VALUE 'b';
CREATE TABLE t (x e DEFAULT 'b');
-- case: bad label
CREATE TYPE e AS ENUM ('a');
CREATE TABLE t (x e DEFAULT 'b');
-- case: type twice
CREATE TYPE e AS ENUM ('a');
CREATE TYPE e AS ENUM ('a');
-- case: type in use
CREATE TYPE e AS ENUM ('a');
CREATE TABLE t (x e, y e[]);
DROP TYPE e;
-- case: type in use, cascade drops the column
CREATE TYPE e AS ENUM ('a');
CREATE TABLE t (x e, y int);
DROP TYPE e CASCADE;
SELECT y FROM t;
SELECT x FROM t;
-- case: not an enum
CREATE DOMAIN d AS int;
ALTER TYPE d ADD VALUE 'x';
-- case: domain
CREATE DOMAIN d AS int CHECK (VALUE > 0) NOT NULL;
ALTER DOMAIN d DROP CONSTRAINT d_check;
ALTER DOMAIN d DROP CONSTRAINT d_check;
-- case: domain in use
CREATE DOMAIN d AS int;
CREATE TABLE t (a d);
DROP DOMAIN d;
-- case: composite
CREATE TYPE c AS (a int, b text);
CREATE TABLE t (x c);
ALTER TYPE c RENAME ATTRIBUTE a TO z;
DROP TYPE c;
-- case: row type
CREATE TABLE t (a int);
DROP TYPE t;
-- case: table with a column of another's row type
CREATE TABLE t (a int);
CREATE TABLE u (x t);
DROP TABLE t;
-- case: range
CREATE TYPE r AS RANGE (subtype = int4);
CREATE TABLE t (x r);
DROP TYPE r CASCADE;
-- case: function
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION f(text) RETURNS int LANGUAGE sql AS 'SELECT 1';
DROP FUNCTION f;
-- case: function by arguments
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
DROP FUNCTION f(bigint);
-- case: function twice
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT $1';
-- case: replace with another result
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE OR REPLACE FUNCTION f(a int) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
-- case: replace with another name
CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE OR REPLACE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT $1';
-- case: replace without a default
CREATE FUNCTION f(a int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT $1';
-- case: function without language
CREATE FUNCTION f() RETURNS int AS 'SELECT 1';
-- case: function in an unknown language
CREATE FUNCTION f() RETURNS int LANGUAGE plpqsql AS 'SELECT 1';
-- case: function without body
CREATE FUNCTION f() RETURNS int LANGUAGE sql;
-- case: function of an unknown type
CREATE FUNCTION f(x strng) RETURNS int LANGUAGE sql AS 'SELECT 1';
-- case: body with an unknown table
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT a FROM nowhere';
-- case: body of another type
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT ''x''::text';
-- case: body with two columns
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1, 2';
-- case: body without a result
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (1)';
-- case: body of a void function
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'INSERT INTO t VALUES (1)';
-- case: plpgsql with an error
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  IF true THN
    RETURN 1;
  END IF;
END $$;
-- case: plpgsql with unknown tables is accepted
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT a FROM nowhere); END $$;
-- case: trigger
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f();
CREATE OR REPLACE TRIGGER g AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: trigger function missing
CREATE TABLE t (a int);
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: trigger function of another type
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: trigger on a missing table
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: trigger of a missing column
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE OF b ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: instead of on a table
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g INSTEAD OF INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
-- case: function of a trigger
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
DROP FUNCTION f();
-- case: drop a missing trigger
CREATE TABLE t (a int);
DROP TRIGGER IF EXISTS g ON t;
DROP TRIGGER IF EXISTS g ON u;
DROP TRIGGER g ON t;
-- case: function of a default and a check
CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE TABLE t (a int DEFAULT f(1));
DROP FUNCTION f;
-- case: view
CREATE TABLE t (a int, b text);
CREATE VIEW v AS SELECT * FROM t;
CREATE OR REPLACE VIEW v AS SELECT a, b, 1 AS c FROM t;
CREATE OR REPLACE VIEW v AS SELECT a FROM t;
-- case: replace a view with other names
CREATE VIEW v AS SELECT 1 AS a;
CREATE OR REPLACE VIEW v AS SELECT 1 AS b;
-- case: replace a view with other types
CREATE VIEW v AS SELECT 1 AS a;
CREATE OR REPLACE VIEW v AS SELECT 'x'::text AS a;
-- case: view twice
CREATE VIEW v AS SELECT 1 AS a;
CREATE VIEW v AS SELECT 1 AS a;
-- case: view of a missing table
CREATE VIEW v AS SELECT * FROM t;
-- case: view over a view
CREATE VIEW v AS SELECT 1 AS a;
CREATE VIEW w AS SELECT a FROM v;
DROP VIEW v;
-- case: materialized view
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
CREATE UNIQUE INDEX ON m (a);
REFRESH MATERIALIZED VIEW CONCURRENTLY m;
DROP VIEW m;
-- case: refresh concurrently without an index
CREATE TABLE t (a int);
CREATE MATERIALIZED VIEW m AS SELECT a FROM t;
REFRESH MATERIALIZED VIEW CONCURRENTLY m;
-- case: policy
CREATE TABLE t (a int);
CREATE POLICY p ON t FOR SELECT USING (a > 0);
CREATE POLICY p ON t FOR SELECT USING (a > 0);
-- case: policy with a missing role
CREATE TABLE t (a int);
CREATE POLICY p ON t TO nobody_there USING (a > 0);
-- case: policy with check on select
CREATE TABLE t (a int);
CREATE POLICY p ON t FOR SELECT WITH CHECK (a > 0);
-- case: schema
CREATE SCHEMA s;
CREATE SCHEMA IF NOT EXISTS s;
CREATE TABLE s.t (a int);
DROP SCHEMA s;
-- case: schema twice
CREATE SCHEMA s;
CREATE SCHEMA s;
-- case: schema with elements
CREATE SCHEMA s CREATE TABLE t (a int) CREATE VIEW v AS SELECT a FROM t;
SELECT a FROM s.v;
DROP SCHEMA s CASCADE;
SELECT a FROM s.v;
-- case: reserved schema
CREATE SCHEMA pg_mine;
-- case: sequence
CREATE SEQUENCE s START 5 MINVALUE 1 MAXVALUE 10;
ALTER SEQUENCE s RESTART;
CREATE SEQUENCE s;
-- case: sequence bounds
CREATE SEQUENCE s MINVALUE 10 MAXVALUE 5;
-- case: sequence start
CREATE SEQUENCE s START 50 MAXVALUE 5;
-- case: sequence owned by
CREATE TABLE t (a int);
CREATE SEQUENCE s OWNED BY t.a;
ALTER SEQUENCE s OWNED BY NONE;
ALTER SEQUENCE s OWNED BY t.b;
-- case: sequence falls with its owner
CREATE TABLE t (a int);
CREATE SEQUENCE s OWNED BY t.a;
DROP TABLE t;
DROP SEQUENCE s;
-- case: extension unknown
CREATE EXTENSION nothing_of_the_kind;
-- case: extension twice
CREATE EXTENSION citext;
CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION citext;
-- case: extension in use
CREATE EXTENSION citext;
CREATE TABLE t (a citext);
DROP EXTENSION citext;
-- case: extension member
CREATE EXTENSION citext;
DROP TYPE citext;
-- case: extension in a schema
CREATE SCHEMA e;
CREATE EXTENSION "uuid-ossp" SCHEMA e;
CREATE TABLE t (a uuid DEFAULT e.uuid_generate_v4());
CREATE TABLE u (a uuid DEFAULT uuid_generate_v4());
-- case: extension requires another
CREATE EXTENSION earthdistance;
-- case: comments
CREATE TABLE t (a int);
COMMENT ON TABLE t IS 'x';
COMMENT ON COLUMN t.a IS 'x';
COMMENT ON COLUMN t.b IS 'x';
-- case: comment on a missing table
COMMENT ON TABLE t IS 'x';
-- case: comment on a missing index
COMMENT ON INDEX i IS 'x';
-- case: comment on a missing constraint
CREATE TABLE t (a int);
COMMENT ON CONSTRAINT k ON t IS 'x';
-- case: comment on a missing function
COMMENT ON FUNCTION f(int) IS 'x';
-- case: grant
CREATE ROLE r;
CREATE TABLE t (a int);
GRANT SELECT, INSERT (a) ON t TO r;
DROP ROLE r;
-- case: grant to nobody
CREATE TABLE t (a int);
GRANT SELECT ON t TO nobody_there;
-- case: grant on nothing
GRANT SELECT ON t TO PUBLIC;
-- case: grant an unknown privilege
CREATE TABLE t (a int);
GRANT LOOK ON t TO PUBLIC;
-- case: grant a privilege of another kind
CREATE TABLE t (a int);
GRANT EXECUTE ON t TO PUBLIC;
-- case: grant usage on a table
CREATE TABLE t (a int);
GRANT USAGE ON t TO PUBLIC;
-- case: revoke and drop
CREATE ROLE r;
CREATE TABLE t (a int);
GRANT SELECT ON t TO r;
REVOKE ALL ON t FROM r;
DROP ROLE r;
-- case: roles
CREATE ROLE r;
CREATE ROLE r;
-- case: drop a missing role
DROP ROLE IF EXISTS nobody_there;
DROP ROLE nobody_there;
-- case: default privileges
CREATE ROLE r;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO r;
ALTER DEFAULT PRIVILEGES IN SCHEMA nowhere GRANT SELECT ON TABLES TO r;
-- case: search path
CREATE SCHEMA s;
SET search_path TO s, public;
CREATE TABLE t (a int);
SET search_path TO public;
DROP TABLE t;
-- case: unknown setting
SET serch_path TO public;
-- case: truncate a referenced table
CREATE TABLE p (a int PRIMARY KEY);
CREATE TABLE c (a int REFERENCES p);
TRUNCATE p, c;
TRUNCATE p;
-- case: do
DO $$ BEGIN CREATE TABLE t (a int); END $$;
SELECT a FROM t;
SELECT b FROM t;
-- case: do with a guard
DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'e') THEN CREATE TYPE e AS ENUM ('a'); END IF; END $$;
DO $$ BEGIN CREATE TYPE e AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;
CREATE TABLE t (a e);
CREATE TYPE e AS ENUM ('b');
-- case: do with an error
DO $$ BEGIN
  CREATE TABLE t (a int);
  CREATE TABLE t (a int);
END $$;
-- case: do raises
DO $$ BEGIN RAISE EXCEPTION 'no way back'; END $$;
-- case: statistics
CREATE TABLE t (a int, b int);
CREATE STATISTICS s ON a, b FROM t;
CREATE STATISTICS s ON a, b FROM t;
-- case: rule
CREATE TABLE t (a int);
CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
DROP RULE r ON t;
DROP RULE r ON t;
-- case: text search
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH simple;
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
-- case: text search dictionary
CREATE TEXT SEARCH CONFIGURATION c (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH nothing;
-- case: aggregate
CREATE FUNCTION plus(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2';
CREATE AGGREGATE total(int) (sfunc = plus, stype = int, initcond = '0');
DROP FUNCTION plus(int, int);
-- case: aggregate without its function
CREATE AGGREGATE total(int) (sfunc = plus, stype = int, initcond = '0');
-- case: operator
CREATE FUNCTION plus(text, text) RETURNS text LANGUAGE sql AS 'SELECT $1 || $2';
CREATE OPERATOR + (leftarg = text, rightarg = text, function = plus);
SELECT 'a'::text + 'b'::text;
DROP OPERATOR + (text, int);
-- case: cast
CREATE TYPE c AS (a int);
CREATE FUNCTION f(c) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE CAST (c AS int) WITH FUNCTION f(c);
CREATE CAST (c AS int) WITH FUNCTION f(c);
-- case: publication
CREATE TABLE t (a int);
CREATE PUBLICATION p FOR TABLE t;
CREATE PUBLICATION p FOR TABLE t;
-- case: vacuum
VACUUM;
-- case: return of a value from void
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN RETURN; END';
CREATE FUNCTION g() RETURNS void LANGUAGE plpgsql AS 'BEGIN RETURN 5; END';
-- case: return of nothing
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN IF true THEN RETURN 1; END IF; RETURN; END';
-- case: return of one value from a set
CREATE FUNCTION f() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 1; RETURN QUERY SELECT 2; RETURN; END';
CREATE FUNCTION g() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN 5; END';
-- case: return next without a set
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 5; END';
-- case: return query without a set
CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN QUERY SELECT 5; END';
-- case: return of a value beside outputs
CREATE FUNCTION f(OUT a int) LANGUAGE plpgsql AS 'BEGIN a := 1; RETURN; END';
CREATE FUNCTION g(OUT a int) LANGUAGE plpgsql AS 'BEGIN RETURN 5; END';
-- case: return next of a value beside outputs
CREATE FUNCTION f() RETURNS TABLE (a int) LANGUAGE plpgsql AS 'BEGIN a := 1; RETURN NEXT; END';
CREATE FUNCTION g() RETURNS TABLE (a int) LANGUAGE plpgsql AS 'BEGIN RETURN NEXT 5; END';
-- case: return next of nothing
CREATE FUNCTION g() RETURNS SETOF int LANGUAGE plpgsql AS 'BEGIN RETURN NEXT; END';
-- case: return of a value from a block
DO 'BEGIN RETURN; END';
DO 'BEGIN RETURN 1; END';
-- case: return of a value from a procedure
CREATE PROCEDURE p() LANGUAGE plpgsql AS 'BEGIN RETURN; END';
CREATE PROCEDURE q() LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
-- case: return from triggers
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN RETURN; END';
CREATE FUNCTION g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE FUNCTION h() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN; END';
-- case: the old row of an insert
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER u BEFORE UPDATE ON t FOR EACH ROW WHEN (old.a <> new.a) EXECUTE FUNCTION f();
CREATE TRIGGER i BEFORE INSERT OR UPDATE ON t FOR EACH ROW WHEN (old.a <> new.a) EXECUTE FUNCTION f();
-- case: the new row of a delete
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER i BEFORE DELETE ON t FOR EACH ROW WHEN (new.a > 0) EXECUTE FUNCTION f();
-- case: the rows of a statement
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER i AFTER UPDATE ON t WHEN (old.* IS DISTINCT FROM new.*) EXECUTE FUNCTION f();
-- case: a collation of a number
CREATE TABLE t (a text COLLATE "C", b int COLLATE "C");
-- case: an index's collation of a number
CREATE TABLE t (a text, b int);
CREATE INDEX ON t (a COLLATE "C");
CREATE INDEX ON t (b COLLATE "C");
-- case: the expression of an index resolves conflicts
CREATE TABLE t (id int, email text, name text);
CREATE UNIQUE INDEX ON t (lower(email));
INSERT INTO t VALUES (1, 'a', 'b') ON CONFLICT (lower(email)) DO NOTHING;
INSERT INTO t VALUES (1, 'a', 'b') ON CONFLICT (lower(name)) DO NOTHING;
-- case: another function does not
CREATE TABLE t (id int, email text);
CREATE UNIQUE INDEX ON t (lower(email));
INSERT INTO t VALUES (1, 'a') ON CONFLICT (upper(email)) DO NOTHING;
-- case: a column and an expression together
CREATE TABLE t (id int, email text);
CREATE UNIQUE INDEX ON t (id, (lower(email) || '!'));
INSERT INTO t VALUES (1, 'a') ON CONFLICT ((lower(email) || '!'), id) DO NOTHING;
INSERT INTO t VALUES (1, 'a') ON CONFLICT (id) DO NOTHING;
-- case: a set in CASE
SELECT CASE WHEN true THEN (SELECT generate_series(1, 3) LIMIT 1) END;
SELECT CASE WHEN true THEN generate_series(1, 3) END;
-- case: a set in COALESCE
SELECT greatest(generate_series(1, 3), 0);
SELECT coalesce(generate_series(1, 3), 0);
-- case: a procedure is never strict
CREATE PROCEDURE p() LANGUAGE sql STRICT AS 'SELECT 1';
-- case: a procedure is never made strict
CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1';
ALTER PROCEDURE p() STRICT;
-- case: a procedure is no window function
CREATE PROCEDURE p() LANGUAGE sql WINDOW AS 'SELECT 1';
-- case: a field that a parameter does not have
CREATE TABLE users (id int, name text);
CREATE FUNCTION shown(u users) RETURNS text LANGUAGE sql AS 'SELECT u.nmae';
-- case: a field that a parameter has
CREATE TABLE users (id int, name text);
CREATE FUNCTION shown(u users) RETURNS text LANGUAGE sql AS 'SELECT u.name || (u).name || shown.u.name';
SELECT nope FROM users;
-- case: a result that no argument gives
CREATE FUNCTION f(int) RETURNS anyelement LANGUAGE sql AS 'SELECT 1';
-- case: a range that no element gives
CREATE FUNCTION f(anyelement) RETURNS anyrange LANGUAGE sql AS 'SELECT NULL';
-- case: an OUT parameter that no argument gives
CREATE FUNCTION f(a int, OUT b anyarray) LANGUAGE sql AS 'SELECT NULL';
-- case: the key that a view groups by, all columns named
CREATE TABLE a (id int PRIMARY KEY, title text);
CREATE VIEW v AS SELECT id, title, count(*) FROM a GROUP BY id, title;
ALTER TABLE a DROP CONSTRAINT a_pkey;
SELECT nope FROM v;
-- case: only a partitioned table cannot be emptied
CREATE TABLE p (a int) PARTITION BY LIST (a);
TRUNCATE ONLY p;
-- case: grouped rows cannot be locked
CREATE TABLE t (a int);
SELECT a FROM t GROUP BY a FOR UPDATE;
-- case: distinct rows cannot be locked
CREATE TABLE t (a int);
SELECT DISTINCT a FROM t FOR UPDATE;
-- case: counted rows cannot be locked
CREATE TABLE t (a int);
SELECT count(*) FROM t FOR UPDATE;
-- case: a column twice in a trigger
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER x BEFORE UPDATE OF a, a ON t EXECUTE FUNCTION f();
-- case: a range frame needs one order
CREATE TABLE t (a int, b int);
SELECT sum(a) OVER (ORDER BY a, b RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t;
-- case: groups need an order
CREATE TABLE t (a int, b int);
SELECT sum(a) OVER (PARTITION BY b GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM t;
-- case: a window twice
CREATE TABLE t (a int, b int);
SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY a), w AS (ORDER BY b);
-- case: a table twice in a publication
CREATE TABLE t (a int);
CREATE PUBLICATION p FOR TABLE t;
ALTER PUBLICATION p ADD TABLE t;
-- case: a table that is not in a publication
CREATE TABLE t (a int);
CREATE PUBLICATION p;
ALTER PUBLICATION p DROP TABLE t;
-- case: a new column in a table that others use as a type, with a default
CREATE TABLE name (first text);
CREATE TABLE people (n name);
ALTER TABLE name ADD COLUMN last text DEFAULT '';
-- case: a lasting table does not inherit from a temporary one
CREATE TEMP TABLE a (id int);
CREATE TABLE b () INHERITS (a);
-- case: an index is no table to copy
CREATE SEQUENCE s;
CREATE TABLE t (LIKE s);
-- case: no index on system columns
CREATE TABLE t (a int);
CREATE INDEX ON t (ctid);
-- case: no index on expressions of system columns
CREATE TABLE t (a int);
CREATE INDEX ON t ((xmin::text));
-- case: no index where a system column says so
CREATE TABLE t (a int);
CREATE INDEX ON t (a) WHERE tableoid = 1::oid;
-- case: a comment on a system column
CREATE TABLE t (a int);
COMMENT ON COLUMN t.xmin IS 'x';
COMMENT ON COLUMN t.nope IS 'x';
-- case: no slices of jsonb
CREATE TABLE t (a jsonb);
SELECT a['x'] FROM t;
SELECT a[1:2] FROM t;
-- case: a domain over an enum where it may stand
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t (m m DEFAULT 'A', CHECK (m::mood <> 'B'), CHECK (COALESCE(m, 'A') IS NULL), CHECK (m::text = 'A'));
SELECT m FROM t ORDER BY m;
CREATE TABLE t9 (m m PRIMARY KEY);
-- case: a domain over an enum is no enum: t1 (m m, CHECK (m <> 'A'::m))
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t1 (m m, CHECK (m <> 'A'::m));
-- case: a domain over an enum is no enum: t2 (m m, CHECK (m <> 'A'))
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t2 (m m, CHECK (m <> 'A'));
-- case: a domain over an enum is no enum: t3 (m m, CHECK (m::mood <> 'A'::m))
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t3 (m m, CHECK (m::mood <> 'A'::m));
-- case: a domain over an enum is no enum: t4 (m m, CHECK (m = ANY ('{A}'::mood[])))
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t4 (m m, CHECK (m = ANY ('{A}'::mood[])));
-- case: a domain over an enum is no enum: t5 (m m, CHECK (m IN ('A', 'B')))
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t5 (m m, CHECK (m IN ('A', 'B')));
-- case: a domain over an enum is no enum: t6 (m m, CHECK (m IS DISTINCT FROM 'A'))
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t6 (m m, CHECK (m IS DISTINCT FROM 'A'));
-- case: a domain over an enum is no enum: t7 (m m, CHECK (CASE m WHEN 'A' THEN true END))
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t7 (m m, CHECK (CASE m WHEN 'A' THEN true END));
-- case: a domain over an enum is no enum: t8 (m m, CHECK (enum_first(m) IS NULL))
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t8 (m m, CHECK (enum_first(m) IS NULL));
-- case: a domain over an enum is no enum: SELECT min(m) FROM t
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t (m m);
SELECT min(m) FROM t;
-- case: a domain over an enum is no enum: SELECT * FROM t JOIN t u USING (m)
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t (m m);
SELECT * FROM t JOIN t u USING (m);
-- case: a domain over an enum is no enum: ta (m mood REFERENCES t9)
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE DOMAIN m AS mood CHECK (VALUE <> 'B');
CREATE TABLE t9 (m m PRIMARY KEY);
CREATE TABLE ta (m mood REFERENCES t9);
-- case: a label's new name
CREATE TYPE mood AS ENUM ('A', 'B');
CREATE TABLE t (m mood DEFAULT 'A' CHECK (m <> 'B'), n int);
ALTER TYPE mood RENAME VALUE 'A' TO 'C';
INSERT INTO t (n) VALUES (1);
ALTER TABLE t ALTER COLUMN m SET DEFAULT 'C';
INSERT INTO t (m) VALUES ('A');
-- case: a body in the statement
CREATE TABLE t (id int, name text);
CREATE FUNCTION f(a int) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT name FROM t WHERE id = f.a; END;
CREATE FUNCTION g(a int) RETURNS int LANGUAGE sql RETURN a + 1;
CREATE FUNCTION h(x anyelement) RETURNS anyelement LANGUAGE sql RETURN x;
-- case: a body in the statement names a column that is not there
CREATE TABLE t (id int, name text);
CREATE FUNCTION f(a int) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT nme FROM t WHERE id = f.a; END;
-- case: a body in the statement keeps its table
CREATE TABLE t (id int, name text);
CREATE FUNCTION f(a int) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT name FROM t; END;
DROP TABLE t;
-- case: a body in the statement is read whatever check_function_bodies says
SET check_function_bodies = off;
CREATE FUNCTION f(a int) RETURNS text LANGUAGE sql BEGIN ATOMIC SELECT name FROM t; END;
