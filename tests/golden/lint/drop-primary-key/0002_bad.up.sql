-- strata: irreversible "an example"
ALTER TABLE orders DROP CONSTRAINT orders_pkey;
