-- strata: irreversible "an example"
ALTER TABLE orders VALIDATE CONSTRAINT positive_number;
