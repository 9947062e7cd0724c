-- strata: irreversible "an example"
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
