-- file: main
ALTER TABLE builds
    DROP CONSTRAINT builds_pkey,
    ALTER COLUMN release_id DROP NOT NULL;

CREATE TABLE logs (
    id integer PRIMARY KEY,
    build_id integer
);
-- file: _concurrently
-- strata: no-transaction

-- Careful: fails while two rows of builds have the same id.
CREATE UNIQUE INDEX CONCURRENTLY builds_pkey ON builds (id);
-- file: _validate
ALTER TABLE builds ADD CONSTRAINT builds_pkey PRIMARY KEY USING INDEX builds_pkey;

ALTER TABLE logs ADD FOREIGN KEY (build_id) REFERENCES builds (id);
