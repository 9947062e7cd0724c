-- strata: irreversible "an example"
ALTER TABLE users SET SCHEMA billing;
