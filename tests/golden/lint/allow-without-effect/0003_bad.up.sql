-- strata: irreversible "an example"
SELECT 1;
-- strata: allow drop-column "unused"
SELECT 2;
