-- strata: irreversible "an example"
ALTER TABLE orders ADD COLUMN note text NOT NULL;
