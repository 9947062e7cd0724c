-- strata: irreversible "an example"
ALTER SCHEMA billing RENAME TO finance;
