-- strata: irreversible "an example"
CREATE SCHEMA s;
ALTER SCHEMA s RENAME TO t;
