-- strata: irreversible "an example"
ALTER TABLE users ALTER COLUMN email DROP DEFAULT;
