-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
ALTER TABLE fresh DROP COLUMN a;
ALTER TABLE orders ADD COLUMN x text;
ALTER TABLE orders DROP COLUMN x;
