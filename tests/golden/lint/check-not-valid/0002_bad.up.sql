-- strata: irreversible "an example"
ALTER TABLE orders ADD CONSTRAINT orders_total_positive CHECK (total >= 0);
