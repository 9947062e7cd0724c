-- strata: irreversible "an example"
-- strata: allow drop-table "copied"
SELECT 1;
