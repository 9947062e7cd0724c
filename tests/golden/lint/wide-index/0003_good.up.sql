-- strata: irreversible "an example"
CREATE INDEX CONCURRENTLY users_narrow ON users (name, email);
