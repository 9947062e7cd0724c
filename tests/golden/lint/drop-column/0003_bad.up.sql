-- strata: irreversible "an example"
ALTER TABLE users DROP COLUMN name, DROP COLUMN email;
