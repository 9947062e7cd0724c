-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
DROP TABLE fresh;
DROP TABLE IF EXISTS never_there;
