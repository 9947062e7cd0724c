-- strata: irreversible "an example"
PRAGMA foreign_keys = OFF;
SELECT 1;
