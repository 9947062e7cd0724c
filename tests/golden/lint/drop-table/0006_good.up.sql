-- strata: irreversible "an example"
-- strata: allow drop-table "copied to the archive on 2026-11-01"
DROP TABLE rooms;
