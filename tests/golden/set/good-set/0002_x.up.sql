-- strata: irreversible "because"
SELECT 1;
