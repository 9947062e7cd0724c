-- strata: irreversible "an example"
SET lock_timeout = '0s';
ALTER TABLE users ADD COLUMN title text;
