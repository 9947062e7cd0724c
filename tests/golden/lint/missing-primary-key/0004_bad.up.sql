-- strata: irreversible "an example"
CREATE TABLE users_old AS SELECT * FROM users;
