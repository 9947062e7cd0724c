-- strata: irreversible "an example"
ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
