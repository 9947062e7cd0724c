-- strata: irreversible "an example"
ALTER TABLE users ALTER COLUMN email SET NOT NULL;
