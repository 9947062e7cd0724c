-- strata: irreversible "an example"
ALTER TABLE orders ALTER COLUMN id TYPE bigint;
