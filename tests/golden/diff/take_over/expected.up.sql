-- file: main
-- Careful: nobody can write to table logs while the index is built.
CREATE INDEX logs_kind ON logs (kind);

-- Careful: adding column t.e rewrites the table, which nobody can use meanwhile: its default is volatile.
-- Careful: the new type of column t.d rewrites the table, which nobody can use meanwhile.
-- Careful: the values of column t.d lose their time of day.
ALTER TABLE t
    ADD COLUMN e uuid DEFAULT gen_random_uuid(),
    ALTER COLUMN b SET DEFAULT '',
    ADD CONSTRAINT t_b_not_null CHECK (b IS NOT NULL) NOT VALID,
    ALTER COLUMN d TYPE date;
-- file: _concurrently
-- strata: no-transaction

DROP INDEX CONCURRENTLY t_c;
CREATE INDEX CONCURRENTLY t_a_new ON t (a DESC);
DROP INDEX CONCURRENTLY t_a;
ALTER INDEX t_a_new RENAME TO t_a;
CREATE UNIQUE INDEX CONCURRENTLY t_b_new ON t (lower(b));
DROP INDEX CONCURRENTLY t_b;
ALTER INDEX t_b_new RENAME TO t_b;
-- file: _validate
-- Careful: fails while column t.b holds a NULL; first: UPDATE t SET b = '' WHERE b IS NULL.
ALTER TABLE t VALIDATE CONSTRAINT t_b_not_null;
ALTER TABLE t ALTER COLUMN b SET NOT NULL;
ALTER TABLE t DROP CONSTRAINT t_b_not_null;

ALTER TABLE t ALTER COLUMN c TYPE numeric(8,2);

CREATE INDEX t_c ON t (c) WHERE c > 1;
