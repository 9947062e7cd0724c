-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
CREATE INDEX fresh_a_idx ON fresh (a);
DROP INDEX fresh_a_idx;
DROP INDEX IF EXISTS never_there;
