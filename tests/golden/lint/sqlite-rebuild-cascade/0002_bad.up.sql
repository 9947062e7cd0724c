-- strata: irreversible "an example"
DROP TABLE users;
