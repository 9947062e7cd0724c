CREATE TABLE t (a int NOT NULL, b varchar(10), c numeric(6,2), d timestamptz);
CREATE INDEX t_a ON t (a);
CREATE UNIQUE INDEX t_b ON t (b);
CREATE INDEX t_c ON t (c) WHERE c > 0;
CREATE TABLE logs (at date, kind text) PARTITION BY RANGE (at);
