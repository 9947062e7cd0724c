-- case: missing table
ALTER TABLE t ADD COLUMN a int;
-- case: missing table, if exists
ALTER TABLE IF EXISTS t ADD COLUMN a int;
-- case: column exists
CREATE TABLE t (a int);
ALTER TABLE t ADD COLUMN IF NOT EXISTS a int;
ALTER TABLE t ADD COLUMN a int;
-- case: column missing
CREATE TABLE t (a int);
ALTER TABLE t DROP COLUMN IF EXISTS b;
ALTER TABLE t DROP COLUMN b;
-- case: passes run drops first
CREATE TABLE t (a int, b int);
ALTER TABLE t ADD COLUMN a text, DROP COLUMN a;
ALTER TABLE t ALTER COLUMN a TYPE varchar(10), ADD CONSTRAINT k CHECK (a <> ''), ADD c int, ALTER c SET NOT NULL;
-- case: column of a view
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
ALTER TABLE t DROP COLUMN b;
ALTER TABLE t DROP COLUMN a;
-- case: type of a view's column
CREATE TABLE t (a int, b int);
CREATE VIEW v AS SELECT a FROM t;
ALTER TABLE t ALTER b TYPE bigint;
ALTER TABLE t ALTER a TYPE bigint;
-- case: type of a generated column's column
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);
ALTER TABLE t ALTER a TYPE bigint;
-- case: drop a generated column's column
CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);
ALTER TABLE t DROP COLUMN a;
-- case: type needs using
CREATE TABLE t (a text);
ALTER TABLE t ALTER a TYPE int USING a::int;
ALTER TABLE t ALTER a TYPE text;
ALTER TABLE t ALTER a TYPE int;
-- case: default does not follow the type
CREATE TABLE t (a text DEFAULT 'x');
ALTER TABLE t ALTER a TYPE int USING a::int;
-- case: boolean default to integer
CREATE TABLE t (a boolean DEFAULT false);
ALTER TABLE t ALTER a TYPE int USING a::int;
-- case: type of a referenced column
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p int REFERENCES p);
ALTER TABLE p ALTER id TYPE bigint;
ALTER TABLE p ALTER id TYPE uuid USING gen_random_uuid();
-- case: type of a trigger's column
CREATE TABLE t (a int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t ALTER a TYPE bigint;
-- case: drop a trigger's column
CREATE TABLE t (a int, b int);
CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER g BEFORE UPDATE OF a ON t FOR EACH ROW EXECUTE FUNCTION f();
ALTER TABLE t DROP b;
ALTER TABLE t DROP a;
-- case: type of a policy's column
CREATE TABLE t (a int);
CREATE POLICY p ON t USING (a > 0);
ALTER TABLE t ALTER a TYPE bigint;
-- case: drop a policy's column
CREATE TABLE t (a int);
CREATE POLICY p ON t USING (a > 0);
ALTER TABLE t DROP a;
-- case: drop a column with its index, check and key
CREATE TABLE t (a int UNIQUE CHECK (a > 0), b int, CHECK (a > b));
CREATE INDEX i ON t (b, a);
ALTER TABLE t DROP a;
DROP INDEX i;
-- case: constraint missing
CREATE TABLE t (a int);
ALTER TABLE t DROP CONSTRAINT IF EXISTS k;
ALTER TABLE t DROP CONSTRAINT k;
-- case: constraint twice
CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0));
ALTER TABLE t ADD CONSTRAINT k CHECK (a < 9);
-- case: constraint index name in use
CREATE TABLE t (a int);
CREATE INDEX k ON t (a);
ALTER TABLE t ADD CONSTRAINT k UNIQUE (a);
-- case: same check name on two tables
CREATE TABLE t (a int, CONSTRAINT k CHECK (a > 0));
CREATE TABLE u (a int, CONSTRAINT k CHECK (a > 0));
-- case: using index
CREATE TABLE t (a int);
CREATE UNIQUE INDEX i ON t (a);
ALTER TABLE t ADD CONSTRAINT k PRIMARY KEY USING INDEX i;
DROP INDEX k;
-- case: using an index that is not unique
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
ALTER TABLE t ADD CONSTRAINT k UNIQUE USING INDEX i;
-- case: drop not null of a key
CREATE TABLE t (a int PRIMARY KEY);
ALTER TABLE t ALTER a DROP NOT NULL;
-- case: not null stays when the key goes
CREATE TABLE t (a int PRIMARY KEY);
ALTER TABLE t DROP CONSTRAINT t_pkey;
ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY;
-- case: identity needs not null
CREATE TABLE t (a int);
ALTER TABLE t ALTER a ADD GENERATED ALWAYS AS IDENTITY;
-- case: drop identity
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t ALTER a DROP IDENTITY;
ALTER TABLE t ALTER a DROP IDENTITY IF EXISTS;
ALTER TABLE t ALTER a DROP IDENTITY;
-- case: default of an identity column
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
ALTER TABLE t ALTER a SET DEFAULT 1;
-- case: default of the wrong type
CREATE TABLE t (a int);
ALTER TABLE t ALTER a SET DEFAULT 'x';
-- case: default of another type
CREATE TABLE t (a int);
ALTER TABLE t ALTER a SET DEFAULT now();
-- case: owned sequence goes with its column
CREATE TABLE t (a serial, b int);
ALTER TABLE t DROP a;
DROP SEQUENCE t_a_seq;
-- case: sequence of a default
CREATE TABLE t (a serial);
DROP SEQUENCE t_a_seq;
-- case: sequence of a default, cascade
CREATE TABLE t (a serial);
DROP SEQUENCE t_a_seq CASCADE;
ALTER TABLE t ALTER a SET DEFAULT nextval('t_a_seq');
-- case: identity sequence
CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY);
DROP SEQUENCE t_a_seq;
-- case: owner missing
CREATE TABLE t (a int);
ALTER TABLE t OWNER TO nobody_there;
-- case: set schema
CREATE SCHEMA s;
CREATE TABLE t (a serial PRIMARY KEY);
ALTER TABLE t SET SCHEMA s;
DROP SEQUENCE s.t_a_seq CASCADE;
DROP TABLE t;
-- case: set a missing schema
CREATE TABLE t (a int);
ALTER TABLE t SET SCHEMA s;
-- case: rename table
CREATE TABLE t (a int);
CREATE TABLE u (a int);
ALTER TABLE t RENAME TO u;
-- case: rename column
CREATE TABLE t (a int, b int);
ALTER TABLE t RENAME a TO c;
ALTER TABLE t RENAME c TO b;
-- case: rename a missing column
CREATE TABLE t (a int, b int);
ALTER TABLE t RENAME x TO y;
-- case: rename constraint renames the index
CREATE TABLE t (a int PRIMARY KEY);
ALTER TABLE t RENAME CONSTRAINT t_pkey TO k;
DROP INDEX t_pkey;
-- case: rename index renames the constraint
CREATE TABLE t (a int PRIMARY KEY);
ALTER INDEX t_pkey RENAME TO k;
ALTER TABLE t DROP CONSTRAINT k;
-- case: rename a missing constraint
CREATE TABLE t (a int);
ALTER TABLE t RENAME CONSTRAINT x TO y;
-- case: views follow renames
CREATE TABLE t (a int);
CREATE VIEW v AS SELECT a FROM t;
ALTER TABLE t RENAME a TO b;
ALTER TABLE t RENAME TO u;
SELECT a FROM v;
SELECT b FROM u;
SELECT b FROM v;
-- case: index on a missing column
CREATE TABLE t (a int);
CREATE INDEX i ON t (b);
-- case: index twice
CREATE TABLE t (a int);
CREATE INDEX i ON t (a);
CREATE INDEX IF NOT EXISTS i ON t (a);
CREATE INDEX i ON t (a);
-- case: index names are chosen
CREATE TABLE t (a text, b text);
CREATE INDEX ON t (a, lower(b), (a || b));
DROP INDEX t_a_lower_expr_idx;
CREATE INDEX ON t (a) INCLUDE (b);
DROP INDEX t_a_b_idx;
-- case: index on a view
CREATE VIEW v AS SELECT 1 AS a;
CREATE INDEX i ON v (a);
-- case: index without a default operator class
CREATE TABLE t (a json);
CREATE INDEX i ON t (a);
-- case: gin on integer
CREATE TABLE t (a int);
CREATE INDEX i ON t USING gin (a);
-- case: unknown method
CREATE TABLE t (a int);
CREATE INDEX i ON t USING bree (a);
-- case: unknown operator class
CREATE TABLE t (a text);
CREATE INDEX i ON t USING gin (a gin_trgm_ops);
-- case: trigrams
CREATE EXTENSION pg_trgm;
CREATE TABLE t (a text);
CREATE INDEX i ON t USING gin (a gin_trgm_ops);
DROP EXTENSION pg_trgm;
-- case: operator class of another type
CREATE TABLE t (a int);
CREATE INDEX i ON t (a text_pattern_ops);
-- case: unique gin
CREATE TABLE t (a int[]);
CREATE UNIQUE INDEX i ON t USING gin (a);
-- case: now in an index
CREATE TABLE t (a timestamptz);
CREATE INDEX i ON t (a) WHERE a > now();
-- case: concurrently in a transaction
CREATE TABLE t (a int);
CREATE INDEX CONCURRENTLY i ON t (a);
-- case: drop index of a constraint
CREATE TABLE t (a int PRIMARY KEY);
DROP INDEX t_pkey;
-- case: drop the wrong kind
CREATE TABLE t (a int);
DROP VIEW t;
-- case: drop table of a view
CREATE VIEW v AS SELECT 1 AS a;
DROP TABLE v;
-- case: drop missing
DROP TABLE IF EXISTS t;
DROP TABLE t;
-- case: drop index missing
DROP INDEX i;
-- case: drop sequence missing
DROP SEQUENCE s;
-- case: cluster
CREATE TABLE t (a int);
ALTER TABLE t CLUSTER ON i;
-- case: alter column of a view
CREATE VIEW v AS SELECT 1 AS a;
ALTER TABLE v ADD COLUMN b int;
-- case: alter view of a table
CREATE TABLE t (a int);
ALTER VIEW t RENAME TO u;
-- case: enable a missing trigger
CREATE TABLE t (a int);
ALTER TABLE t DISABLE TRIGGER g;
-- case: validate
CREATE TABLE t (a int, CONSTRAINT k UNIQUE (a));
ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;
ALTER TABLE t VALIDATE CONSTRAINT c;
ALTER TABLE t VALIDATE CONSTRAINT k;
-- case: a table below itself
CREATE TABLE a (x int);
ALTER TABLE a INHERIT a;
-- case: a parent below its child
CREATE TABLE a (x int);
CREATE TABLE b () INHERITS (a);
CREATE TABLE c () INHERITS (b);
ALTER TABLE a INHERIT c;
-- case: a partition of itself
CREATE TABLE p (x int) PARTITION BY LIST (x);
ALTER TABLE p ATTACH PARTITION p FOR VALUES IN (1);
-- case: a parent as the partition of its partition
CREATE TABLE p (x int) PARTITION BY LIST (x);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1) PARTITION BY LIST (x);
ALTER TABLE q ATTACH PARTITION p FOR VALUES IN (1);
-- case: what inherits is no partition
CREATE TABLE p (x int) PARTITION BY LIST (x);
CREATE TABLE a (x int);
CREATE TABLE b () INHERITS (a);
ALTER TABLE p ATTACH PARTITION b FOR VALUES IN (1);
-- case: what is inherited is no partition
CREATE TABLE p (x int) PARTITION BY LIST (x);
CREATE TABLE a (x int);
CREATE TABLE b () INHERITS (a);
ALTER TABLE p ATTACH PARTITION a FOR VALUES IN (1);
-- case: a partition inherits nothing else
CREATE TABLE p (x int) PARTITION BY LIST (x);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
CREATE TABLE a (x int);
ALTER TABLE q INHERIT a;
-- case: nothing inherits from a partitioned table
CREATE TABLE p (x int) PARTITION BY LIST (x);
CREATE TABLE a (x int);
ALTER TABLE a INHERIT p;
-- case: nothing inherits from a partition
CREATE TABLE p (x int) PARTITION BY LIST (x);
CREATE TABLE q PARTITION OF p FOR VALUES IN (1);
CREATE TABLE a (x int);
ALTER TABLE a INHERIT q;
