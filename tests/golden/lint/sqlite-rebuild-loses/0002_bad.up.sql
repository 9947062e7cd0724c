-- strata: irreversible "an example"
CREATE TABLE users_new (id INTEGER PRIMARY KEY);
DROP TABLE users;
ALTER TABLE users_new RENAME TO users;
