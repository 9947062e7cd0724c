-- strata: irreversible "an example"
CREATE TABLE users_new AS SELECT * FROM users;
ALTER TABLE users_new ADD PRIMARY KEY (id);
CREATE TEMPORARY TABLE users_now AS SELECT * FROM users;
