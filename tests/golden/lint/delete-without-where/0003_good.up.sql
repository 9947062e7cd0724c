-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
DELETE FROM fresh;
DELETE FROM sessions WHERE true;
