-- strata: irreversible "an example"
ALTER TABLE users DROP COLUMN nickname;
