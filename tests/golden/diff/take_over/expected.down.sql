-- file: _validate
DROP INDEX t_c;

-- Careful: the new type of column t.c rewrites the table, which nobody can use meanwhile.
-- Careful: fails while column t.c holds a value too large for numeric(6,2).
ALTER TABLE t
    ALTER COLUMN b DROP NOT NULL,
    ALTER COLUMN c TYPE numeric(6,2),
    ADD CONSTRAINT t_b_not_null CHECK (b IS NOT NULL) NOT VALID;
-- file: _concurrently
-- strata: no-transaction

CREATE INDEX CONCURRENTLY t_a_new ON t (a);
DROP INDEX CONCURRENTLY t_a;
ALTER INDEX t_a_new RENAME TO t_a;
CREATE UNIQUE INDEX CONCURRENTLY t_b_new ON t (b);
DROP INDEX CONCURRENTLY t_b;
ALTER INDEX t_b_new RENAME TO t_b;
CREATE INDEX CONCURRENTLY t_c ON t (c) WHERE c > 0;
-- file: main
DROP INDEX logs_kind;

-- Careful: destroys the data of column t.e.
-- Careful: the new type of column t.d rewrites the table, which nobody can use meanwhile.
ALTER TABLE t
    DROP CONSTRAINT t_b_not_null,
    DROP COLUMN e,
    ALTER COLUMN b DROP DEFAULT,
    ALTER COLUMN d TYPE timestamp with time zone;
