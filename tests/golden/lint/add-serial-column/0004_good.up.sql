-- strata: irreversible "an example"
CREATE TABLE fresh (a text);
ALTER TABLE fresh ADD COLUMN id serial;
