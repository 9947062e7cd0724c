-- strata: irreversible "an example"
ALTER TABLE users RENAME TO users_old;
CREATE TABLE users (id INTEGER PRIMARY KEY);
DROP TABLE users_old;
