-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN a TEXT;
