-- strata: irreversible "an example"
SELECT 1;
-- strata: allow drop-table "copied"
DROP TABLE rooms;
