-- strata: irreversible "an example"
CREATE SCHEMA s;
DROP SCHEMA s;
DROP SCHEMA IF EXISTS never_there;
