-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
INSERT INTO fresh SELECT id, name FROM users;
ALTER TABLE orders ADD COLUMN note text;
INSERT INTO rooms VALUES ('hall');
