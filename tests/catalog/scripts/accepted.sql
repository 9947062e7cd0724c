-- case: settings in any case
SET timezone TO 'UTC';
SET TIME ZONE 'UTC';
SET DateStyle = 'ISO, MDY';
SET "IntervalStyle" TO postgres;
SET datestile TO iso;
-- case: bodies with polymorphic arguments are read at their calls
CREATE FUNCTION first(anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1[1] + nothing';
CREATE FUNCTION low(anycompatiblerange) RETURNS anycompatible LANGUAGE sql AS 'SELECT lower($1)';
CREATE FUNCTION broken(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELEC $1';
-- case: an input and an output of one name
CREATE FUNCTION f(a int) RETURNS TABLE (a int) LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION g(a int, OUT a int) LANGUAGE sql AS 'SELECT $1';
CREATE FUNCTION h(a int, INOUT a int) LANGUAGE sql AS 'SELECT $1';
-- case: an input and an output of one name in plpgsql
CREATE FUNCTION f(a int) RETURNS TABLE (a int) LANGUAGE plpgsql AS 'BEGIN RETURN; END';
-- case: the functions of a multirange
CREATE TYPE price AS RANGE (subtype = numeric);
CREATE VIEW v AS SELECT price_multirange() AS a, price_multirange(price(1, 2)) AS b,
  price_multirange(price(1, 2), price(3, 4)) AS c;
CREATE VIEW w AS SELECT price_multirange(1);
-- case: numbers that are given as vectors and oids
CREATE VIEW v AS SELECT '1 2'::int2vector AS a, ''::oidvector AS b, '-1040'::oid AS c;
CREATE VIEW w AS SELECT 'x'::oid;
-- case: explain analyze runs what it explains
EXPLAIN SELECT 1 AS a INTO t;
EXPLAIN (ANALYZE, COSTS off) CREATE TABLE t AS SELECT 1 AS a;
EXPLAIN (ANALYZE false) CREATE TABLE u AS SELECT 1 AS a;
SELECT a FROM t;
SELECT a FROM u;
-- case: elements of a schema in any order
CREATE SCHEMA s CREATE INDEX ON t (a) CREATE VIEW v AS SELECT a FROM t CREATE TABLE t (a int);
SELECT a FROM s.v;
SELECT b FROM s.v;
-- case: like and inherits share columns
CREATE TABLE p (a int, b text);
CREATE TABLE c (LIKE p INCLUDING ALL, d int) INHERITS (p);
CREATE TABLE e (LIKE p, a int);
-- case: a key that comes with like is referenced
CREATE TABLE p (a int PRIMARY KEY);
CREATE TABLE c (b int REFERENCES c, LIKE p INCLUDING INDEXES);
CREATE TABLE d (b int REFERENCES d, LIKE p);
-- case: set constraints names a constraint trigger
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON t DEFERRABLE FOR EACH ROW EXECUTE FUNCTION f();
CREATE TRIGGER plain AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
SET CONSTRAINTS checked DEFERRED;
SET CONSTRAINTS plain DEFERRED;
-- case: drops of what has unknown types
DROP CAST IF EXISTS (int AS nothing);
DROP CAST IF EXISTS (nowhere.nothing AS int);
DROP OPERATOR IF EXISTS + (nothing, nothing);
DROP OPERATOR + (nothing, nothing);
-- case: old words for aggregates
CREATE AGGREGATE total (sfunc1 = int4pl, basetype = int4, stype1 = int4, initcond1 = '0');
CREATE AGGREGATE counted (sfunc = int8inc, basetype = 'ANY', stype = int8, initcond = '0');
SELECT counted(*), total(1);
CREATE AGGREGATE nothing (basetype = int4, stype1 = int4);
-- case: ordered-set aggregates
CREATE AGGREGATE middle (float8 ORDER BY anyelement) (sfunc = ordered_set_transition,
  stype = internal, finalfunc = percentile_disc_final, finalfunc_extra, finalfunc_modify = read_write);
CREATE AGGREGATE fails (float8 ORDER BY anyelement) (sfunc = nothing, stype = internal);
-- case: an aggregate of the outer query by its filter
CREATE TABLE t (a int);
SELECT (SELECT count(*) FILTER (WHERE o <> 0) FROM (VALUES (1)) i (x)) FROM (VALUES (2)) v (o);
SELECT a, count(*) FROM t;
-- case: the key is in every grouping set
CREATE TABLE t (a int PRIMARY KEY, b int, c int, d int);
SELECT a, d, grouping(a, b) FROM t GROUP BY GROUPING SETS ((a, b), (a, c));
-- case: privileges on system columns
CREATE TABLE t (a int);
GRANT SELECT (a, tableoid) ON t TO PUBLIC;
GRANT SELECT (b) ON t TO PUBLIC;
-- case: a row of another's columns is assigned
CREATE TABLE t (a int PRIMARY KEY, b text);
UPDATE t SET (a, b) = ROW (v.*) FROM (VALUES (1, 'x')) v (i, j) WHERE t.a = v.i;
INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO UPDATE SET (a, b) = ROW (excluded.*);
UPDATE t SET (a, b) = ROW (1);
-- case: the alias of shared columns
CREATE TABLE t (i int, a int);
CREATE TABLE u (i int, b int);
SELECT x.i, t.a FROM t JOIN u USING (i) AS x WHERE x.i = 1;
SELECT x.a FROM t JOIN u USING (i) AS x;
-- case: several arrays are unnested beside each other
SELECT i, v FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS u (i, v);
INSERT INTO nothing SELECT * FROM unnest('{1}'::int[], '{a}'::text[]) WITH ORDINALITY AS u (a, b, n);
-- case: using reads the columns as they were
CREATE TABLE t (a int, b int, c int);
ALTER TABLE t ALTER a TYPE text, ALTER b TYPE bigint USING a * 10;
ALTER TABLE t ALTER a TYPE int USING a * 10;
-- case: with items of one name inside each other
WITH RECURSIVE w (a) AS (WITH w (a) AS (SELECT 1) SELECT a FROM w) SELECT a FROM w;
-- case: an index for each table alone
CREATE TABLE p (a int NOT NULL, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p_b_idx ON ONLY p (b);
CREATE INDEX p1_b_idx ON p1 (b);
ALTER INDEX p_b_idx ATTACH PARTITION p1_b_idx;
ALTER TABLE ONLY p ADD CONSTRAINT p_pkey PRIMARY KEY (a);
ALTER TABLE ONLY p1 ADD CONSTRAINT p1_pkey PRIMARY KEY (a);
ALTER INDEX p_pkey ATTACH PARTITION p1_pkey;
ALTER TABLE p1 DROP CONSTRAINT p1_pkey;
-- case: an index of the parent's is the partition's too
CREATE TABLE p (a int NOT NULL, b int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p_b_idx ON p (b);
CREATE INDEX p1_b_idx ON p1 (b);
-- case: a column that a key includes
CREATE TABLE t (a int, b int, c int, UNIQUE (a) INCLUDE (c));
ALTER TABLE t DROP COLUMN c;
ALTER TABLE t DROP CONSTRAINT t_a_c_key;
-- case: identity and its options in one statement
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN b int NOT NULL, ALTER COLUMN b SET GENERATED BY DEFAULT SET INCREMENT 10,
  ALTER COLUMN b ADD GENERATED ALWAYS AS IDENTITY;
ALTER TABLE t ALTER a SET GENERATED ALWAYS;
-- case: the bounds of a sequence's type
CREATE SEQUENCE s AS smallint MINVALUE -32768;
ALTER SEQUENCE s AS int;
ALTER SEQUENCE s MINVALUE -2147483648 START -2147483648;
ALTER SEQUENCE s MINVALUE -2147483649;
-- case: truncate takes the partitions along
CREATE TABLE p (a int PRIMARY KEY);
CREATE TABLE t (a int REFERENCES p) PARTITION BY LIST (a);
CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1);
TRUNCATE p, t;
TRUNCATE p, ONLY t1;
-- case: what is owned is dropped
CREATE ROLE strata_owner;
CREATE TYPE pair AS (a int, b int);
ALTER TYPE pair OWNER TO strata_owner;
DROP OWNED BY strata_owner;
DROP ROLE strata_owner;
CREATE TABLE t (a pair);
-- case: a number beside a text has one form
CREATE TABLE t (a int, n numeric, c text GENERATED ALWAYS AS (a || ' of ' || n) STORED);
CREATE TABLE u (d timestamptz, c text GENERATED ALWAYS AS ('at ' || d) STORED);
-- case: labels can be renamed
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE t (a mood);
CREATE INDEX ON t ((a = 'a'));
CREATE INDEX ON t ((a::text));
-- case: the text of an array
CREATE TABLE t (a int[]);
CREATE INDEX ON t ((a::text));
-- case: from text to a label
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE t (a text);
CREATE INDEX ON t ((a::mood));
-- case: a range as the multirange of its type
CREATE TYPE price AS RANGE (subtype = numeric);
CREATE VIEW v AS SELECT price(1, 2)::price_multirange AS a;
CREATE TABLE t (a price_multirange DEFAULT price(1, 2));
-- case: arguments by number are variables
CREATE FUNCTION f(OUT int, OUT int) LANGUAGE plpgsql AS 'BEGIN $1 := 1; $2 := 2; END';
-- case: a procedure that calls itself
CREATE PROCEDURE count_down(n int) LANGUAGE plpgsql AS $$
BEGIN
  IF n > 0 THEN
    CALL count_down(n - 1);
    CALL count_down(n - 1);
    CALL count_down(n - 1);
    CALL count_down(n - 1);
    CALL count_down(n - 1);
    CALL count_down(n - 1);
  ELSE
    CREATE TABLE IF NOT EXISTS t (a int);
  END IF;
END $$;
DO 'BEGIN CALL count_down(1); END';
CALL count_down(1);
CALL count_up(1);
-- case: two functions that call each other
CREATE FUNCTION ping(n int) RETURNS void LANGUAGE plpgsql AS 'BEGIN IF n > 0 THEN PERFORM pong(n - 1); PERFORM pong(n - 1); END IF; END';
CREATE FUNCTION pong(n int) RETURNS void LANGUAGE plpgsql AS 'BEGIN IF n > 0 THEN PERFORM ping(n - 1); PERFORM ping(n - 1); END IF; END';
SELECT ping(2);
SELECT pang(2);
-- case: variables of a labelled block
CREATE TYPE pair AS (a int, b int);
DO '<<outside>> DECLARE p pair; BEGIN outside.p.a := 1; END';
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS '<<outside>> BEGIN inside.p.a := 1; END';
-- case: a function made in a block
DO $$ BEGIN CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; END $$;
SELECT f();
SELECT g();
-- case: an array of domains over arrays
CREATE DOMAIN pair AS int[];
CREATE TABLE t (a pair[]);
INSERT INTO t VALUES (ARRAY[ARRAY[42]::pair]);
INSERT INTO t VALUES (ARRAY[42]);
-- case: an aggregate of any number of arguments
CREATE FUNCTION smaller(anyelement, VARIADIC anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE smallest(VARIADIC anyarray) (sfunc = smaller, stype = anyelement);
CREATE TABLE t (a int, b int, c text);
SELECT smallest(a, b), smallest(a) FROM t;
SELECT smallest(a, c) FROM t;
