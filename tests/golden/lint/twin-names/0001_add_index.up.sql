-- strata: irreversible "an example"
SELECT 1;
