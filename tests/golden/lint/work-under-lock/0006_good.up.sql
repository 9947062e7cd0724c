-- strata: irreversible "an example"
ALTER TABLE users ADD COLUMN town text;
SELECT id FROM orders WHERE id = 1;
SELECT id FROM orders LIMIT 1;
