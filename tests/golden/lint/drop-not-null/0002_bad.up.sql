-- strata: irreversible "an example"
ALTER TABLE users ALTER COLUMN country DROP NOT NULL;
