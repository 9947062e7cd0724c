-- strata: irreversible "an example"
ALTER TABLE orders VALIDATE CONSTRAINT orders_number_positive;
