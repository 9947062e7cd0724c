-- strata: irreversible "an example"
CREATE INDEX orders_number_idx ON orders (number);
