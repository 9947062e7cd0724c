CREATE TABLE t (a int NOT NULL, b varchar(10) DEFAULT '' NOT NULL, c numeric(8,2), d date, e uuid DEFAULT gen_random_uuid());
CREATE INDEX t_a ON t (a DESC);
CREATE UNIQUE INDEX t_b ON t (lower(b));
CREATE INDEX t_c ON t (c) WHERE c > 1;
CREATE TABLE logs (at date, kind text) PARTITION BY RANGE (at);
CREATE INDEX logs_kind ON logs (kind);
