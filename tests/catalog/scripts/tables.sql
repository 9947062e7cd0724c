-- case: create and drop
CREATE TABLE t (id serial PRIMARY KEY, a int UNIQUE, b text CHECK (b <> ''), CONSTRAINT ab UNIQUE (a, b));
DROP TABLE t;
CREATE TABLE t (id int);
-- case: twice
CREATE TABLE t (a int);
CREATE TABLE IF NOT EXISTS t (b int);
CREATE TABLE t (a int);
-- case: a view has the name
CREATE VIEW v AS SELECT 1 AS a;
CREATE TABLE v (a int);
-- case: a type has the name
CREATE TYPE mood AS ENUM ('a');
CREATE TABLE mood (a int);
-- case: column twice
CREATE TABLE t (a int, b int, a text);
-- case: system column
CREATE TABLE t (ctid int);
-- case: unknown type
CREATE TABLE t (a strng);
-- case: two primary keys
CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY);
-- case: two primary keys by alter
CREATE TABLE t (a int PRIMARY KEY, b int);
ALTER TABLE t ADD PRIMARY KEY (b);
-- case: key column missing
CREATE TABLE t (a int, PRIMARY KEY (b));
-- case: key column twice
CREATE TABLE t (a int, UNIQUE (a, a));
-- case: unique primary key is one index
CREATE TABLE t (a int UNIQUE PRIMARY KEY);
ALTER TABLE t DROP CONSTRAINT t_pkey;
ALTER TABLE t DROP CONSTRAINT t_a_key;
-- case: two defaults
CREATE TABLE t (a int DEFAULT 1 DEFAULT 2);
-- case: null and not null
CREATE TABLE t (a int NULL NOT NULL);
-- case: serial with default
CREATE TABLE t (a serial DEFAULT 1);
-- case: identity of text
CREATE TABLE t (a text GENERATED ALWAYS AS IDENTITY);
-- case: identity and default
CREATE TABLE t (a int DEFAULT 1 GENERATED ALWAYS AS IDENTITY);
-- case: pseudo type
CREATE TABLE t (a anyelement);
-- case: unknown schema
CREATE TABLE s.t (a int);
-- case: names of constraints are chosen
CREATE TABLE t (a int CHECK (a > 0), b int, CHECK (a > b), CHECK (b > 0), UNIQUE (a, b), EXCLUDE USING btree (a WITH =));
ALTER TABLE t DROP CONSTRAINT t_a_check, DROP CONSTRAINT t_check, DROP CONSTRAINT t_b_check, DROP CONSTRAINT t_a_b_key, DROP CONSTRAINT t_a_excl;
-- case: chosen names do not collide
CREATE TABLE t (a int, CHECK (a > 0), CHECK (a < 9));
ALTER TABLE t DROP CONSTRAINT t_a_check, DROP CONSTRAINT t_a_check1;
CREATE SEQUENCE u_id_seq;
CREATE TABLE u (id serial);
DROP SEQUENCE u_id_seq;
ALTER SEQUENCE u_id_seq1 CACHE 2;
DROP SEQUENCE u_id_seq1;
-- case: long names are cut
CREATE TABLE a_very_long_table_name_that_goes_on_and_on_and_on (another_very_long_column_name_here int UNIQUE);
ALTER TABLE a_very_long_table_name_that_goes_on_and_on_and_on DROP CONSTRAINT a_very_long_table_name_that_g_another_very_long_column_name_key;
-- case: identifiers over 63 bytes are cut
CREATE TABLE xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx (a int);
DROP TABLE xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx;
-- case: foreign keys
CREATE TABLE p (id int PRIMARY KEY, code text UNIQUE, x int);
CREATE TABLE c (id int, p int REFERENCES p, code varchar(10) REFERENCES p (code));
ALTER TABLE c DROP CONSTRAINT c_p_fkey, DROP CONSTRAINT c_code_fkey;
CREATE TABLE d (x int REFERENCES p (x));
-- case: foreign key to a missing table
CREATE TABLE c (p int REFERENCES parents (id));
-- case: foreign key to a missing column
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p int REFERENCES p (idd));
-- case: foreign key of a missing column
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p int, FOREIGN KEY (q) REFERENCES p (id));
-- case: foreign key without a primary key
CREATE TABLE p (id int);
CREATE TABLE c (p int REFERENCES p);
-- case: foreign key of another type
CREATE TABLE p (id uuid PRIMARY KEY);
CREATE TABLE c (p int REFERENCES p);
-- case: foreign key numeric to integer
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p numeric REFERENCES p);
-- case: foreign keys across integer types
CREATE TABLE p (id bigint PRIMARY KEY, d date UNIQUE);
CREATE TABLE c (p smallint REFERENCES p, d timestamptz REFERENCES p (d));
-- case: foreign key counts
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE c (a int REFERENCES p);
-- case: foreign key to a view
CREATE VIEW v AS SELECT 1 AS a;
CREATE TABLE c (a int REFERENCES v (a));
-- case: foreign key to a deferrable key
CREATE TABLE p (a int UNIQUE DEFERRABLE);
CREATE TABLE c (a int REFERENCES p (a));
-- case: foreign key columns in another order
CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));
CREATE TABLE c (x int, y int, FOREIGN KEY (x, y) REFERENCES p (b, a));
-- case: foreign key to a partial unique index
CREATE TABLE p (a int);
CREATE UNIQUE INDEX i ON p (a) WHERE a > 0;
CREATE TABLE c (a int REFERENCES p (a));
-- case: foreign key to a unique index
CREATE TABLE p (a int);
CREATE UNIQUE INDEX i ON p (a);
CREATE TABLE c (a int REFERENCES p (a));
DROP INDEX i;
-- case: drop a referenced table
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p int REFERENCES p);
DROP TABLE p;
-- case: drop both at once
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p int REFERENCES p);
DROP TABLE p, c;
-- case: drop with cascade keeps the child
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p int REFERENCES p);
DROP TABLE p CASCADE;
DROP TABLE c;
-- case: drop a referenced key
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p int REFERENCES p);
ALTER TABLE p DROP CONSTRAINT p_pkey;
-- case: drop a referenced column
CREATE TABLE p (id int PRIMARY KEY);
CREATE TABLE c (p int REFERENCES p);
ALTER TABLE p DROP COLUMN id;
-- case: temporary table
CREATE TEMP TABLE t (a int);
CREATE TABLE t (b int);
SELECT a FROM t;
-- case: permanent to temporary
CREATE TEMP TABLE p (a int PRIMARY KEY);
CREATE TABLE c (a int REFERENCES p);
-- case: like
CREATE TABLE p (a serial PRIMARY KEY, b text DEFAULT 'x' NOT NULL, c int GENERATED ALWAYS AS (length(b)) STORED, CHECK (b <> ''));
CREATE INDEX ON p (lower(b));
CREATE TABLE c (LIKE p INCLUDING ALL);
ALTER TABLE c DROP CONSTRAINT c_pkey;
ALTER TABLE c DROP CONSTRAINT p_b_check;
-- case: like with a column again
CREATE TABLE p (a int);
CREATE TABLE c (a int, LIKE p);
-- case: inheritance
CREATE TABLE p (a int CHECK (a > 0), b text);
CREATE TABLE c (d int) INHERITS (p);
ALTER TABLE c DROP COLUMN a;
-- case: inherited check
CREATE TABLE p (a int CONSTRAINT k CHECK (a > 0));
CREATE TABLE c () INHERITS (p);
ALTER TABLE c DROP CONSTRAINT k;
-- case: inherited column renamed in the child
CREATE TABLE p (a int);
CREATE TABLE c () INHERITS (p);
ALTER TABLE p RENAME a TO b;
ALTER TABLE c RENAME b TO a;
-- case: drop a parent
CREATE TABLE p (a int);
CREATE TABLE c () INHERITS (p);
DROP TABLE p;
-- case: partitions
CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE INDEX pi ON p (b);
DROP INDEX p1_b_idx;
-- case: partitions go with their parent
CREATE TABLE p (a int, b int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
DROP TABLE p;
CREATE TABLE p1 (a int);
-- case: partition key must be in the unique key
CREATE TABLE p (a int, b int PRIMARY KEY) PARTITION BY RANGE (a);
-- case: partition of a plain table
CREATE TABLE p (a int);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
-- case: attach and detach
CREATE TABLE p (a int, b text) PARTITION BY LIST (a);
CREATE TABLE p1 (a int, b text);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
ALTER TABLE p DETACH PARTITION p1;
ALTER TABLE p DETACH PARTITION p1;
-- case: attach with a missing column
CREATE TABLE p (a int, b text) PARTITION BY LIST (a);
CREATE TABLE p1 (a int);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
-- case: attach with another column
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE p1 (a int, c int);
ALTER TABLE p ATTACH PARTITION p1 FOR VALUES IN (1);
-- case: drop a partition key column
CREATE TABLE p (a int, b int) PARTITION BY LIST (a);
ALTER TABLE p DROP COLUMN a;
-- case: unknown storage parameter
CREATE TABLE t (a int) WITH (filfactor = 70);
-- case: oids
CREATE TABLE t (a int) WITH (oids = true);
-- case: create table as
CREATE TABLE s (a int, b text);
CREATE TABLE t AS SELECT a, b, 1 AS one FROM s;
ALTER TABLE t DROP COLUMN one, DROP COLUMN c;
-- case: create table as, columns twice
CREATE TABLE s (a int, b text);
CREATE TABLE t AS SELECT a, a FROM s;
-- case: create table as, too many names
CREATE TABLE s (a int, b text);
CREATE TABLE t (x, y) AS SELECT a FROM s;
-- case: ranges that overlap
CREATE TABLE p (a int, b date) PARTITION BY RANGE (b);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE p0 PARTITION OF p FOR VALUES FROM (MINVALUE) TO ('2026-01-01');
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM ('2026-02-15') TO ('2026-03-15');
-- case: an attached range that overlaps
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
CREATE TABLE p2 (a int);
ALTER TABLE p ATTACH PARTITION p2 FOR VALUES FROM (10) TO (20);
CREATE TABLE p3 (a int);
ALTER TABLE p ATTACH PARTITION p3 FOR VALUES FROM ('9') TO (MAXVALUE);
-- case: an empty range
CREATE TABLE p (a timestamp) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2026-02-01') TO ('2026-01-01');
-- case: lists that overlap
CREATE TABLE p (a text) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN ('a', 'b');
CREATE TABLE p2 PARTITION OF p FOR VALUES IN ('c', NULL);
CREATE TABLE p3 PARTITION OF p FOR VALUES IN ('d', 'b');
-- case: lists that both hold NULL
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1, NULL);
CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2, NULL);
-- case: remainders that overlap
CREATE TABLE p (a int) PARTITION BY HASH (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 1);
CREATE TABLE p2 PARTITION OF p FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE p3 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 1);
-- case: two columns in order
CREATE TABLE p (a int, b int) PARTITION BY RANGE (a, b);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1, 1) TO (1, 5);
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (1, 5) TO (2, MINVALUE);
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (2, MINVALUE) TO (3, MAXVALUE);
CREATE TABLE p4 PARTITION OF p FOR VALUES FROM (3, 9) TO (4, 1);
-- case: a bound for each column
CREATE TABLE p (a int, b int) PARTITION BY RANGE (a, b);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2, 2);
-- case: a bound that is no date
CREATE TABLE p (a date) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('january') TO ('2026-02-01');
-- case: a partition that is gone leaves its place
CREATE TABLE p (a int) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
ALTER TABLE p DETACH PARTITION p1;
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (5) TO (15);
SELECT nope FROM p2;
-- case: numbers in quotes
CREATE TABLE p (a bigint) PARTITION BY RANGE (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('1') TO ('9');
CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('9') TO ('10');
CREATE TABLE p3 PARTITION OF p FOR VALUES FROM (8) TO (20);
