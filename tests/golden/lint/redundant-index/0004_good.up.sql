-- strata: irreversible "an example"
CREATE INDEX CONCURRENTLY users_name_idx ON users (name) WHERE active;
