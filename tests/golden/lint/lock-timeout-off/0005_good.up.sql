-- strata: irreversible "an example"
SET lock_timeout = '500ms';
ALTER TABLE users ADD COLUMN road text;
