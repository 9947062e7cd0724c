-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
UPDATE fresh SET a = 'x';
ALTER TABLE users ADD COLUMN plan text;
UPDATE users SET plan = 'free';
UPDATE users SET active = false WHERE last_seen < '2020-01-01';
