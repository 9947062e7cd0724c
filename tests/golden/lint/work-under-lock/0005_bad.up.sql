-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN road text;
SELECT count(*) FROM orders;
