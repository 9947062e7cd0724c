-- strata: irreversible "an example"
CREATE EXTENSION postgres_fdw;
