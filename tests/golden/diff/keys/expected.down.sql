-- file: _validate
ALTER TABLE logs DROP CONSTRAINT logs_build_id_fkey;

ALTER TABLE builds DROP CONSTRAINT builds_pkey;

CREATE UNIQUE INDEX builds_pkey ON builds (id);
-- file: _concurrently
-- strata: no-transaction

DROP INDEX CONCURRENTLY builds_pkey;
-- file: main
-- Careful: fails while column builds.release_id holds a NULL.
-- Careful: fails while two rows of builds have the same (id, release_id).
ALTER TABLE builds
    ALTER COLUMN release_id SET NOT NULL,
    ADD PRIMARY KEY (id, release_id);

-- Careful: destroys the data of table logs.
DROP TABLE logs;
