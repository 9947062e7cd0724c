-- strata: irreversible "an example"
ALTER TABLE users RENAME TO accounts;
