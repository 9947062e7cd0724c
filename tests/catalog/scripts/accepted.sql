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
