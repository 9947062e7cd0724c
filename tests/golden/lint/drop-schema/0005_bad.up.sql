-- strata: irreversible "an example"
DROP SCHEMA empty_here CASCADE;
