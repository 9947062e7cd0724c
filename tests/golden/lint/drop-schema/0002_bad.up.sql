-- strata: irreversible "an example"
DROP SCHEMA billing CASCADE;
