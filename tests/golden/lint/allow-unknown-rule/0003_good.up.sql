-- strata: irreversible "an example"
-- strata: allow drop-table "copied"
DROP TABLE rooms;
