-- strata: irreversible "an example"
ALTER TABLE orders ADD COLUMN price money;
