-- strata: irreversible "an example"
ALTER TABLE orders ADD CONSTRAINT positive_number CHECK (number >= 0) NOT VALID;
