-- strata: irreversible "an example"
-- strata: no-transaction
ALTER TABLE users ADD COLUMN plan text;
