-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
ALTER TABLE fresh RENAME COLUMN a TO c;
ALTER TABLE users ADD COLUMN x text;
ALTER TABLE users RENAME x TO y;
