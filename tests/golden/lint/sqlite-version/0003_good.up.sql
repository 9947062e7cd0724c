-- strata: irreversible "an example"
ALTER TABLE notes DROP COLUMN body;
