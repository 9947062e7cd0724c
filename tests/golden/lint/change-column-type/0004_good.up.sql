-- strata: irreversible "an example"
ALTER TABLE users ALTER COLUMN phone TYPE varchar(40);
ALTER TABLE users ALTER COLUMN phone TYPE text;
ALTER TABLE orders ALTER COLUMN number TYPE bigint;
