-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN country TEXT NOT NULL;
