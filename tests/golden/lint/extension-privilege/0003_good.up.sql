-- strata: irreversible "an example"
CREATE EXTENSION citext;
