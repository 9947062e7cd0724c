-- strata: allow drop-column "nobody reads it"
ALTER TABLE users DROP COLUMN score;
ALTER TABLE users DROP COLUMN IF EXISTS never;
