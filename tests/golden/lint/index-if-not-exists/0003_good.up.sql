-- strata: irreversible "an example"
DROP INDEX CONCURRENTLY IF EXISTS users_name_idx;
CREATE INDEX CONCURRENTLY users_name_idx ON users (name);
