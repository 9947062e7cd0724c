-- strata: irreversible "an example"
CREATE TABLE fresh (id bigint PRIMARY KEY, a text, b text);
ALTER TABLE fresh ADD CHECK (a <> '');
ALTER TABLE orders ADD CONSTRAINT orders_number_positive CHECK (number > 0) NOT VALID;
