-- strata: irreversible "an example"
-- strata: lock-timeout 0
ALTER TABLE users ADD COLUMN plan text;
