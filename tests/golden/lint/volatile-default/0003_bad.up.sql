-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN seen timestamptz NOT NULL DEFAULT clock_timestamp();
