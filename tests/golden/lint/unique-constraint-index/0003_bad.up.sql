-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN token text UNIQUE;
